"""Answering the comments of a closed round, one by one or several together."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from server.kernel.actor import Capacity
from server.vocabulary.rounds import CommentType, DispositionVerdict, RoundPhase
from server.web.desk.answers.chosen import AS_PROPOSED, FORM, Answered, answer_chosen
from server.web.desk.answers.groups import group_comments
from server.web.desk.pages import Page
from server.web.desk.sent import Sent
from server.web.desk.visits import Visit, found

ANSWERS = frozenset({"proposeDisposition", "recordDisposition"})
STATES: Mapping[str, Mapping[str, Any]] = {
    "": {"isSubmitted": True, "isReplaced": False},
    "waiting": {"status": ["SUBMITTED"]},
    "proposed": {"status": ["DISPOSITION_PROPOSED"]},
    "recorded": {"status": ["DISPOSED"]},
    "withdrawn": {"status": ["WITHDRAWN"], "isSubmitted": True},
}
"""The views of the page by how far a comment is answered, and the filter of each."""
AUDIENCE = [capacity for capacity in Capacity if capacity != Capacity.SECRETARIAT]
FILTERS = ("state", "capacity", "type", "after")
NOT_YET = {RoundPhase.PLANNED, RoundPhase.OPEN, RoundPhase.PAUSED}


async def show_answers(visit: Visit) -> Response:
    """Return the comments of a round with their answers, and the forms of those who may answer."""
    return await _show(visit, Answered(0, {}))


async def submit_chosen(visit: Visit, pairs: Sequence[tuple[str, str]]) -> Response:
    """Answer the ticked comments. Lead back to the page, or show which of them were refused."""
    outcome = await answer_chosen(visit, ANSWERS, pairs)
    if outcome.answered and not (outcome.refusals or outcome.left):
        act = next(value for name, value in pairs if name == "_act")
        return RedirectResponse(place_of(visit, done=act), status_code=303)
    visit.sent = Sent("", FORM, pairs)
    # What was answered stands, so the form as a whole is refused only if nothing was.
    return await _show(visit, outcome, status=200 if outcome.answered else 422)


def place_of(visit: Visit, **changes: str) -> str:
    """Return the address of the page with the same filters, and with some changed; an empty one is left out."""
    filters = {name: visit.query.get(name, "") for name in FILTERS} | changes
    query = urlencode({name: value for name, value in filters.items() if value})
    path = f"/rounds/{visit.parameter('id')}/answers"
    return f"{path}?{query}" if query else path


async def _show(visit: Visit, outcome: Answered, status: int = 200) -> Response:
    round_ = found((await visit.read("RoundAnswers", id=visit.parameter("id")))["round"])
    offers = {offer["act"]: offer for offer in round_["availableActs"]}
    # Before the close nothing can be answered, and a look at the comments of a sealed round would be recorded.
    if round_["phase"] in NOT_YET:
        return visit.render("answers/early.html", round=round_)
    variables = {"roundId": round_["id"], "filter": _filter_of(visit), "after": visit.query.get("after")}
    answer = (await visit.read("CommentsToAnswer", **variables))["round"]
    comments = answer["comments"]["nodes"]
    return visit.render(
        "answers/answers.html",
        status=status,
        round=round_,
        offers=offers,
        counts={state: answer[state]["totalCount"] for state in STATES if state},
        groups=group_comments(comments),
        total=answer["comments"]["totalCount"],
        page_info=answer["comments"]["pageInfo"],
        onward=_places_after(visit, comments),
        may={
            "propose": _allowed(comments, "PROPOSE_DISPOSITION"),
            "record": _allowed(comments, "RECORD_DISPOSITION"),
        },
        opened=_opened(visit),
        outcome=outcome,
        ticked=list(outcome.refusals),
        capacities=AUDIENCE,
        types=list(CommentType),
        verdicts=list(DispositionVerdict),
        as_proposed=AS_PROPOSED,
        place=lambda **changes: place_of(visit, **changes),
    )


def _filter_of(visit: Visit) -> dict[str, Any]:
    """Return the filter that the address gives; what it does not know filters nothing."""
    capacity, kind = visit.query.get("capacity", ""), visit.query.get("type", "")
    conditions = dict(STATES.get(visit.query.get("state", ""), STATES[""]))
    if capacity in AUDIENCE:
        conditions["capacity"] = [capacity]
    if kind in CommentType.__members__:
        conditions["type"] = [kind]
    return conditions


def _places_after(visit: Visit, comments: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return where each comment leads once it is answered: to itself, or to the next one if it leaves the view."""
    leaves = visit.query.get("state") in {"waiting", "proposed"}
    ids = [comment["id"] for comment in comments]
    following = [*ids[1:], ""] if leaves else ids
    return {own: f"#{after}" if after else "" for own, after in zip(ids, following, strict=True)}


def _allowed(comments: Sequence[Mapping[str, Any]], act: str) -> set[str]:
    """Return the ids of the comments on which the visitor may do an act."""
    return {
        comment["id"]
        for comment in comments
        if any(offer["act"] == act and offer["isAllowed"] for offer in comment["availableActs"])
    }


def _opened(visit: Visit) -> str:
    """Return the id of the comment whose form is open: the one that was asked for, or that was refused."""
    if visit.sent and visit.sent.form == "answer":
        return visit.sent.get("commentId")
    return visit.query.get("answer", "")


async def fill_answer(_visit: Visit, act: str, pairs: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Return the fields of an answer without its words, unless they are accepted in place of those proposed."""
    if act not in ANSWERS or ("verdict", DispositionVerdict.ACCEPTED_WITH_MODIFICATION) in pairs:
        return pairs
    return [(name, value) for name, value in pairs if name != "wording!"]


ANSWER_PAGES = (
    Page("/rounds/{id}/answers", show_answers, acts=ANSWERS | {"completeRound"}, fill=fill_answer),
    Page("/rounds/{id}/answers/chosen", show_answers, submit=submit_chosen),
)
