"""Service accounts: what a party may let a program do in its name. Pure."""

from datetime import date, timedelta
from typing import Annotated, NamedTuple

from server.identity.applications.rules import check_scopes, check_words
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.scopes import Scope

OF_SERVICES = (Scope.READ, Scope.COMMENT, Scope.WRITE)
"""The scopes that a service account of a party can be given."""


OF_SECRETARIAT_SERVICES = (Scope.READ, Scope.COMMENT, Scope.SECRETARIAT)
"""The scopes that one of the Secretariat can be given: not write, with which officers invite and accredit."""


LONGEST_SERVICE = timedelta(days=365)
"""How far ahead the last day of a service account can lie."""


class AccountOpeningFacts(NamedTuple):
    """The facts about a service account that is about to be opened: for which party."""

    party_id: Annotated[str, "id"]


class Opening(NamedTuple):
    """A request to open a service account. With `may_file` it is a focal point of its party until its last day."""

    name: str
    purpose: str
    scopes: tuple[str, ...]
    ends_on: date
    may_file: bool = False


def check_opening(opening: Opening, today: date, *, capacity: Capacity, by_party: bool) -> list[Issue]:
    """Return every fault of a service account: name, purpose, a last day within a year, scopes its party can give.

    `by_party` says whether a focal point of the party itself opens it: nobody else lets a program file in its name. An
    account that files comments does nothing else, because a focal point may do much.
    """
    issues = check_words(opening.name, opening.purpose)
    issues += check_scopes(opening.scopes, OF_SECRETARIAT_SERVICES if capacity == Capacity.SECRETARIAT else OF_SERVICES)
    if not today <= opening.ends_on <= today + LONGEST_SERVICE:
        issues.append(
            Issue("endsOn", IssueCode.DAY_OUT_OF_RANGE, earliest=f"{today}", latest=f"{today + LONGEST_SERVICE}")
        )
    if opening.may_file and not by_party:
        issues.append(Issue("mayFile", IssueCode.FILING_ALLOWED_BY_PARTY))
    if opening.may_file and not {Scope.COMMENT} <= set(opening.scopes) <= {Scope.READ, Scope.COMMENT}:
        issues.append(Issue("mayFile", IssueCode.FILES_WITH_COMMENT_ONLY))
    return issues
