"""The way of a proposal through the bodies: what is done, what is next, what is still to come."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

PAST, HERE, AHEAD = "past", "here", "to"
_REACHED = {
    "DRAFT": 0,
    "RETURNED": 1,
    "SUBMITTED": 2,
    "REGISTERED": 3,
    "UNDER_CONSIDERATION": 3,
    "DEFERRED": 3,
    "NOT_AGREED": 4,
    "AGREED": 4,
}
"""The place of the step that is next, by status. Of one that the bodies decide on it is that of the body."""


class ProposalStep(NamedTuple):
    """One step. `body` is the kind of the body that decides, `decision` what it decided last."""

    code: str
    state: str
    at: str | None = None
    body: str | None = None
    decision: Mapping[str, Any] | None = None


def list_steps(proposal: Mapping[str, Any]) -> list[ProposalStep]:
    """Return the steps of a proposal in their order. One that is over has none ahead."""
    decisions = proposal["decisions"]["nodes"]
    path = proposal["cycle"]["mechanism"]["approvalPath"]
    steps = list(_list_all(proposal, decisions, path))
    here = _place_of_next(proposal, path)
    placed = [step._replace(state=_state_of(place, here)) for place, step in enumerate(steps)]
    if proposal["status"] == "WITHDRAWN":
        return [*(step._replace(state=PAST) for step in placed if step.at), ProposalStep("WITHDRAWN", HERE)]
    if proposal["status"] == "NOT_AGREED":
        return [step._replace(state=PAST) for step in placed[:4]]
    return placed


def _list_all(
    proposal: Mapping[str, Any], decisions: Sequence[Mapping[str, Any]], path: Sequence[str]
) -> Iterator[ProposalStep]:
    """Yield every step, with the instant at which it was done."""
    yield ProposalStep("DRAFTED", "", proposal["draftedAt"])
    yield ProposalStep("SUBMITTED", "", proposal["submittedAt"])
    yield ProposalStep("REGISTERED", "", proposal["registeredAt"])
    yield ProposalStep("CONSIDERED", "", proposal["concludedAt"])
    for kind in path:
        last = next((each for each in reversed(decisions) if each["sitting"]["body"]["kind"] == kind), None)
        yield ProposalStep("DECIDED", "", last["recordedAt"] if last else None, kind, last)
    yield ProposalStep("EDITION", "")


def _place_of_next(proposal: Mapping[str, Any], path: Sequence[str]) -> int:
    """Return the place of the step that is next, one beyond the last if none is."""
    status = proposal["status"]
    if status == "AGREED" and proposal["nextBody"] in path:
        return 4 + list(path).index(proposal["nextBody"])
    everything = 4 + len(path)
    return _REACHED.get(status, everything + int(status == "IN_EDITION"))


def _state_of(place: int, here: int) -> str:
    if place == here:
        return HERE
    return PAST if place < here else AHEAD
