"""Which pending amendments can be tried together, and how many. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.saying import say_number

MOST_ITEMS = 200
"""Proposals and amendments that are named for one what-if."""
MOST_AMENDMENTS = 600
"""Amendments that are tried together."""
MOST_CHARACTERS = 2_000_000
"""Characters of the wordings and of the provisions that they are for, counted anew for each amendment."""


class PendingPart(NamedTuple):
    """A pending amendment that the reader sees, with its proposal."""

    amendment_id: str
    proposal_id: str


def check_items(items: Sequence[str], pending: Sequence[PendingPart], path: str) -> list[Issue]:
    """Return every fault of the proposals and amendments that are named: each is pending, and no amendment is twice."""
    if not 1 <= len(items) <= MOST_ITEMS:
        return [Issue(path, IssueCode.COUNT, limit=MOST_ITEMS)]
    by_item: dict[str, list[str]] = {}
    for amendment_id, proposal_id in pending:
        by_item[amendment_id] = [amendment_id]
        by_item.setdefault(proposal_id, []).append(amendment_id)
    issues = []
    named: set[str] = set()
    for place, item in enumerate(items):
        amendments = by_item.get(item)
        if amendments is None:
            issues.append(Issue(f"{path}.{place}", IssueCode.OBJECT_UNKNOWN))
        elif not named.isdisjoint(amendments):
            issues.append(Issue(f"{path}.{place}", IssueCode.REPEATED))
        named.update(amendments or ())
    return issues


def check_size(amendments: int, characters: int, path: str) -> list[Issue]:
    """Return the fault of more than can be tried at once, in words."""
    if amendments > MOST_AMENDMENTS:
        why = f"{amendments:,} amendments are more than are tried at once: name at most {MOST_AMENDMENTS:,}"
        return [Issue(path, IssueCode.UNFIT, why=why)]
    if characters > MOST_CHARACTERS:
        count = say_number(amendments, "amendment", "amendments")
        why = f"{count} with {characters:,} characters of text: at most {MOST_CHARACTERS:,} are tried at once"
        return [Issue(path, IssueCode.UNFIT, why=why)]
    return []
