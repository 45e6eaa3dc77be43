"""One answer for several comments: each is answered by an act of its own, so that one refusal leaves the others."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from server.transport.published import Data
from server.vocabulary.rounds import DispositionStage
from server.web.desk.acts import send
from server.web.desk.sent import ACT, first_of
from server.web.desk.several import MOST_AT_ONCE, send_each
from server.web.desk.visits import Visit
from server.web.pages.forms import not_of_this_page

FORM = "chosen"
SHARED = ("verdict", "reason")
AS_PROPOSED = "AS_PROPOSED"
"""The choice that records for each comment the answer which is proposed for it."""
NOT_PROPOSED: Mapping[str, Any] = {"code": "NOT_PROPOSED", "message": "", "issues": []}
"""Why a comment is not answered as proposed; the page says it in words."""
KEY_LIMIT = 80

Pairs = Sequence[tuple[str, str]]


class ChosenComment(NamedTuple):
    """A comment as a box of the form has it: its id and the revision that was seen."""

    id: str
    revision: str


class Answered(NamedTuple):
    """What became of one form: how many comments were answered, and the refusal of each of the others by id.

    `left` is the number of comments that were ticked beyond those that one form answers; they were not tried.
    """

    answered: int
    refusals: Mapping[str, Mapping[str, Any]]
    left: int = 0


async def answer_chosen(visit: Visit, acts: frozenset[str], pairs: Pairs) -> Answered:
    """Answer the ticked comments one after the other."""
    act = first_of(pairs, ACT)
    key = first_of(pairs, "idempotencyKey")
    if act not in acts or not key:
        raise not_of_this_page()
    shared = [(name, value) for name, value in pairs if name in SHARED]
    boxes = _read_boxes(pairs)
    ticked, left = boxes[:MOST_AT_ONCE], len(boxes[MOST_AT_ONCE:])
    answers: Mapping[str, Pairs] = {each.id: shared for each in ticked}
    if ("verdict", AS_PROPOSED) in shared:
        answers = await _read_proposed(visit, ticked)
    refusals = {each.id: NOT_PROPOSED for each in ticked if each.id not in answers}
    ticked = [each for each in ticked if each.id in answers]

    async def answer(each: ChosenComment) -> Data:
        own = [("commentId", each.id), ("expectedRevision", each.revision), ("idempotencyKey", _key_of(key, each))]
        return await send(visit, act, [*answers[each.id], *own])

    refused = await send_each(ticked, answer)
    return Answered(len(ticked) - len(refused), refusals | refused, left)


def _read_boxes(pairs: Pairs) -> list[ChosenComment]:
    """Return the ticked comments, each once."""
    boxes = (value.partition(" ") for name, value in pairs if name == "comment")
    ticked = {comment: ChosenComment(comment, revision) for comment, _, revision in boxes}
    return list(ticked.values())


async def _read_proposed(visit: Visit, ticked: Sequence[ChosenComment]) -> dict[str, Pairs]:
    """Return the fields of the answer that is proposed for each comment, for those that have one.

    The revision that the person saw goes with it, so that an answer which was proposed meanwhile is not recorded.
    """
    nodes = (await visit.read("ProposedAnswers", ids=[each.id for each in ticked]))["nodes"] if ticked else []
    answers = {node["id"]: node["disposition"] for node in nodes if node and node.get("disposition")}
    return {
        comment_id: [
            ("verdict", answer["verdict"]),
            ("reason", answer["reason"] or ""),
            *([("wording!", answer["wording"])] if answer["wording"] is not None else []),
        ]
        for comment_id, answer in answers.items()
        if answer["stage"] == DispositionStage.PROPOSED
    }


def _key_of(key: str, ticked: ChosenComment) -> str:
    """Return the key of the act on one comment, the same whenever the form is sent again."""
    return f"{ticked.id}-{key}"[:KEY_LIMIT]
