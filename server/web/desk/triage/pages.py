"""Triage of the comments of a closed round: the list with groups, tags and desks, and one comment with its points."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from starlette.responses import Response

from server.kernel.zones import find_zone
from server.vocabulary.rounds import CommentType, DispositionVerdict
from server.web.desk.comments.excerpts import shorten
from server.web.desk.pages import Page
from server.web.desk.sent import Pairs
from server.web.desk.triage.reports import REPORT_PAGES
from server.web.desk.visits import Visit, found

IN_LIST = frozenset({"groupComments", "placeComment"})
ON_COMMENT = frozenset(
    {
        *("splitComment", "tagComment", "placeComment", "forwardComment"),
        *("proposeAnswers", "recordAnswers", "settleAnswer", "reactToAnswer"),
    }
)
POINT_ROWS = range(6)
"""Rows of the form that splits a comment."""
PAGE = 50


async def show_list(visit: Visit) -> Response:
    """Return the comments of a round with their groups, tags and desks, for those who answer them."""
    conditions = {name: visit.query[name] for name in ("tag", "desk") if visit.query.get(name)}
    filter_: dict[str, Any] = {"isSubmitted": True, "isReplaced": False}
    if tag := conditions.get("tag"):
        filter_["tagId"] = [tag]
    if conditions.get("desk") == "mine" and visit.speaks:
        filter_["deskDelegateId"] = [visit.standing_id]
    variables = {"roundId": visit.parameter("id"), "filter": filter_, "first": PAGE, "after": visit.query.get("after")}
    listed, grouped = await visit.read_all(
        ("CommentsInTriage", variables), ("CommentGroups", {"roundId": visit.parameter("id"), "first": PAGE})
    )
    groups, round_ = grouped["commentGroups"], found(listed["round"])
    for comment in round_["comments"]["nodes"]:
        comment["asked"] = shorten(comment["runs"])
    return visit.render(
        "triage/list.html",
        round=round_,
        chosen=conditions,
        own=visit.speaks,
        alike=_alike(groups["nodes"]) if groups else {},
        group_count=groups["totalCount"] if groups else 0,
    )


def _alike(groups: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Return, by the id of a comment, the others that say much the same."""
    return {
        each["id"]: [other for other in group["comments"] if other is not each]
        for group in groups
        for each in group["comments"]
    }


async def fill_list(_visit: Visit, act: str, pairs: Pairs) -> Pairs:
    """Return the fields of the list as acts take them: the first ticked comment leads its group."""
    if act != "groupComments":
        return pairs
    ticked = [value for name, value in pairs if name == "comment"]
    rest = [(name, value) for name, value in pairs if name != "comment"]
    lead = next((value for name, value in pairs if name == "leadId" and value), ticked[0] if ticked else "")
    members = [each for each in ticked if each != lead] or [""]
    return [
        *[pair for pair in rest if pair[0] != "leadId"],
        ("leadId", lead),
        *(("commentIds", each) for each in members),
    ]


async def show_comment(visit: Visit) -> Response:
    """Return one comment with its answer: to those who answer with its working copies, to others as it stands."""
    answer = await visit.read("TriageOfComment", id=visit.parameter("id"))
    comment = found(answer["comment"])
    return visit.render(
        "triage/comment.html",
        comment=comment,
        bodies=answer["bodies"]["nodes"],
        acts={offer["act"]: offer for offer in comment["availableTriageActs"]},
        types=list(CommentType),
        verdicts=[each for each in DispositionVerdict if each != DispositionVerdict.ACCEPTED_WITH_MODIFICATION],
        point_rows=POINT_ROWS,
        own=visit.speaks,
    )


async def fill_comment(_visit: Visit, act: str, pairs: Pairs) -> Pairs:
    """Return the fields of a form as its act takes them: tags between commas, and points without the empty rows."""
    if act == "tagComment":
        written = ",".join(value for name, value in pairs if name == "tags")
        tags = [tag.strip() for tag in written.split(",") if tag.strip()] or [""]
        return [*(pair for pair in pairs if pair[0] != "tags"), *(("tags", tag) for tag in tags)]
    if act != "splitComment":
        return pairs
    written_rows = {name.split(".")[1] for name, value in pairs if name.endswith(".text") and value.strip()}
    worded = next((value for name, value in pairs if name == "worded"), "")
    rows = [pair for pair in pairs if not pair[0].startswith("points.") or pair[0].split(".")[1] in written_rows]
    return [*(pair for pair in rows if pair[0] != "worded"), *_mark_worded(worded, written_rows)]


def _mark_worded(worded: str, rows: set[str]) -> Pairs:
    """Return the field that says which point asks for the wording of the comment."""
    return [(f"points.{worded}.hasWording", "on")] if worded in rows else []


async def show_reusable(visit: Visit) -> Response:
    """Return the answers that are kept for several comments of a round, with their uses."""
    variables = {"roundId": visit.parameter("id"), "first": PAGE, "after": visit.query.get("after")}
    round_ = found((await visit.read("ReusableAnswerList", **variables))["round"])
    keeping = next(offer for offer in round_["availableActs"] if offer["act"] == "KEEP_ANSWER")
    verdicts = [each for each in DispositionVerdict if each != DispositionVerdict.ACCEPTED_WITH_MODIFICATION]
    return visit.render("triage/reusable.html", round=round_, keeping=keeping, verdicts=verdicts)


async def show_batches(visit: Visit) -> Response:
    """Return the answers of a round that were given together, with what was undone."""
    variables = {"roundId": visit.parameter("id"), "first": PAGE, "after": visit.query.get("after")}
    round_ = found((await visit.read("AnswerBatchList", **variables))["round"])
    return visit.render("triage/batches.html", round=round_)


async def show_advice(visit: Visit) -> Response:
    """Return the requests for advice that the visitor sees, those to answer with a form."""
    listed: Mapping[str, Any] = await visit.read("AdviceRequestList", first=PAGE, after=visit.query.get("after"))
    return visit.render("triage/advice.html", listed=listed["adviceRequests"])


async def show_brief(visit: Visit) -> Response:
    """Return the brief of the visitor: what was answered and filed near it since a day, allies and deadlines."""
    since = _day_of(visit.query.get("since", ""))
    midnight = since and datetime.combine(since, time(), find_zone(visit.times.zone) or UTC).isoformat()
    brief = (await visit.read("MyBrief", since=midnight, first=PAGE))["brief"]
    return visit.render("triage/brief.html", brief=brief, since=since.isoformat() if since else "")


def _day_of(written: str) -> date | None:
    """Return the day that an address names, None for anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


TRIAGE_PAGES = (
    Page("/rounds/{id}/triage", show_list, IN_LIST, fill=fill_list),
    Page("/comments/{id}/triage", show_comment, ON_COMMENT, fill=fill_comment),
    Page("/rounds/{id}/reusable", show_reusable, frozenset({"keepAnswer"})),
    Page("/rounds/{id}/batches", show_batches, frozenset({"undoAnswers"})),
    Page("/advice", show_advice, frozenset({"giveAdvice"})),
    Page("/brief", show_brief),
    *REPORT_PAGES,
)
