"""For which formal defects the Secretariat gives a submitted proposal back. Pure."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from server.domain.proposals.rules.contents import LARGEST_PROPOSAL, check_words
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.parties import REASON_LIMIT
from server.vocabulary.proposals import FormalDefectKind, ProposalStatus

MENDED_RULE = "A party mends what the Secretariat returns; what it restated on a later version stays as it is."


class FormalDefect(NamedTuple):
    """One formal defect. `position` is the place of the amendment in the proposal, None for the proposal as a whole."""

    kind: FormalDefectKind
    reason: str
    position: int | None = None


class ReturnedFacts(NamedTuple):
    """What a returned filing holds of its defects."""

    defects: dict[str, Any]


class FiledFacts(NamedTuple):
    """What a returned filing holds of what was filed: the canonical JSON."""

    content: str


class MendingFacts(NamedTuple):
    """Where the proposal of a returned filing stands."""

    status: Annotated[ProposalStatus, "proposal.work.status"]


def read_title(facts: FiledFacts) -> str:
    """Return the title as it was filed."""
    return str(json.loads(facts.content)["title"])


def check_defects(defects: Sequence[FormalDefect], amendment_count: int) -> list[Issue]:
    """Return every fault of the defects for which a proposal is returned.

    There is at least one, each has its reason in words, and it names an amendment of the proposal or none.
    """
    if not defects:
        return [Issue("defects", IssueCode.EMPTY)]
    if len(defects) > LARGEST_PROPOSAL:
        return [Issue("defects", IssueCode.TOO_MANY, limit=LARGEST_PROPOSAL)]
    issues = []
    for number, defect in enumerate(defects):
        issues += check_words(f"defects.{number}.reason", defect.reason, REASON_LIMIT)
        if defect.position is not None and not 1 <= defect.position <= amendment_count:
            place = f"defects.{number}.position"
            issues.append(Issue(place, IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=amendment_count))
    return issues


def write_defects(defects: Sequence[FormalDefect]) -> dict[str, Any]:
    """Return defects in the form in which a row keeps them."""
    return {
        "defects": [
            {"kind": defect.kind.value, "reason": defect.reason.strip(), "position": defect.position}
            for defect in defects
        ]
    }


def read_defects(facts: ReturnedFacts) -> list[FormalDefect]:
    """Return the defects that a row keeps, in the order in which they were named."""
    return [
        FormalDefect(FormalDefectKind(each["kind"]), each["reason"], each["position"])
        for each in facts.defects.get("defects", ())
    ]
