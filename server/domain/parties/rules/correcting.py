"""Correcting a person: what can be corrected by whom, and how somebody was called at an instant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from server.kernel.addresses import EMAIL_LIMIT, is_email
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.parties import NAME_LIMIT
from server.wording.folding import fault_of_name


class PersonCorrection(NamedTuple):
    """Corrections of a person; None leaves one as it is."""

    name: str | None = None
    email: str | None = None


class NewAddressFacts(NamedTuple):
    """The facts about an address that is to be corrected.

    `is_own` says that it is the caller's, `is_program` that it would be a service account's, `is_taken` that the new
    one is another person's.
    """

    is_own: bool
    is_program: bool
    is_taken: bool


def check_name(name: str) -> list[Issue]:
    """Return the fault of a new name."""
    fault = fault_of_name(name, NAME_LIMIT)
    return [Issue("name", IssueCode(fault.code), **fault.parameters)] if fault else []


def check_address(email: str, facts: NewAddressFacts) -> list[Issue]:
    """Return every fault of a new address.

    Nobody changes their own: at an unlocked computer a stranger could take the account over with it.
    """
    faults = {
        IssueCode.EMAIL_IS_OWN: facts.is_own,
        IssueCode.EMAIL_OF_PROGRAM: facts.is_program,
        IssueCode.EMAIL_TAKEN: facts.is_taken,
    }
    malformed = [] if is_email(email) else [Issue("email", IssueCode.EMAIL_MALFORMED, limit=EMAIL_LIMIT)]
    return malformed + [Issue("email", code) for code, is_there in faults.items() if is_there]


def add_former_name(former: Mapping[str, Any] | None, name: str, until: datetime) -> dict[str, Any]:
    """Return the former names of a person with one more, which was theirs until an instant."""
    return {**(former or {}), until.isoformat(): name}


def name_at(name: str, former: Mapping[str, Any] | None, instant: datetime) -> str:
    """Return how a person was called at an instant, from their name now and the former ones."""
    later = sorted((datetime.fromisoformat(until), before) for until, before in (former or {}).items())
    return next((str(before) for until, before in later if instant < until), name)
