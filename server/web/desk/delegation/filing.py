"""Check drafts once more, and file them: one by one, so that one that is refused leaves the others, or all or none."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from server.transport.published import Data
from server.web.desk.delegation.speaking import filing_offer, own_party
from server.web.desk.several import MOST_AT_ONCE, send_each, unanswered
from server.web.desk.visits import Visit, found
from server.web.pages.forms import not_of_this_page

STALE, NOT_DONE = "STALE", "NOT_DONE"
"""The kinds of refusals of a draft that has changed since, and of one that was to be filed with another."""
SEEN = ("proposedWording", "text", "reason", "type")
"""What a draft says; a person who files it has seen exactly this."""
SEEN_CHARACTERS = 1_000
"""Of each of these, what the form carries along to show it again if the draft has changed."""


TOGETHER = "together"
"""The button that files all drafts of a form in one act, or none of them."""

Refusals: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Why drafts were not filed, by their ids; `seen` is what the person saw of a draft."""


class TickedDraft(NamedTuple):
    """A draft as the form has it: what the person saw, and the key by which it is filed once."""

    id: str
    revision: str
    key: str
    seen: Mapping[str, Any]


async def show_check(visit: Visit) -> Response:
    """Return the page on which the visitor reads the ticked drafts once more."""
    return await _show(visit, visit.query.get("round", ""), visit.request.query_params.getlist("comment"), {})


async def submit_filing(visit: Visit, pairs: Sequence[tuple[str, str]]) -> Response:
    """File the drafts of a form one by one. Lead to their receipt, or show which of them were refused."""
    round_id = next((value for name, value in pairs if name == "round"), "")
    ticked = _read_form(pairs)
    together = any(name == TOGETHER for name, _ in pairs)
    refusals = await (_file_together(visit, round_id, ticked) if together else _file_each(visit, ticked))
    return await _show(visit, round_id, [each.id for each in ticked], refusals, sent=True)


def _read_form(pairs: Sequence[tuple[str, str]]) -> list[TickedDraft]:
    """Return the drafts that a form names, each once. Raise TurnedAway for a form that is not one of this page."""
    fields = dict(pairs)
    ids = list(dict.fromkeys(value for name, value in pairs if name == "comment"))
    ticked = [
        TickedDraft(each, fields.get(f"revision.{each}", ""), fields.get(f"key.{each}", ""), _seen_in(fields, each))
        for each in ids
    ]
    if not ticked or not all(each.key and each.revision.isascii() and each.revision.isdigit() for each in ticked):
        raise not_of_this_page()
    return ticked


def _seen_in(fields: Mapping[str, str], comment_id: str) -> dict[str, Any]:
    try:
        seen = json.loads(fields.get(f"seen.{comment_id}", "{}"))
    except ValueError:
        return {}
    return {name: value for name, value in seen.items() if name in SEEN} if isinstance(seen, dict) else {}


async def _file_each(visit: Visit, ticked: Sequence[TickedDraft]) -> Refusals:
    """File drafts in their order, each by an act of its own, and return why not, by the ids of those refused."""

    async def file(each: TickedDraft) -> Data:
        input_ = {"commentId": each.id, "expectedRevision": int(each.revision[:9]), "idempotencyKey": each.key[:80]}
        return {**await visit.act("clearComment", input_), "seen": each.seen}

    return await send_each(ticked[:MOST_AT_ONCE], file)


async def _file_together(visit: Visit, round_id: str, ticked: Sequence[TickedDraft]) -> Refusals:
    """File drafts in one act, and return why not, by id: all of them if one cannot be filed."""
    chosen = [{"commentId": each.id, "expectedRevision": int(each.revision[:9])} for each in ticked]
    input_ = {"roundId": round_id, "comments": chosen, "idempotencyKey": ticked[0].key[:80]}
    fact = await visit.act("fileComments", input_)
    if fact["__typename"] != "Refusal":
        return {}
    faults = {int(issue["path"][1]): issue for issue in fact["issues"] if len(issue["path"]) > 1}
    whole = {**unanswered("" if faults else fact["message"]), "kind": NOT_DONE}
    refused = {each.id: {**whole, "seen": each.seen} for each in ticked}
    for place, issue in faults.items():
        # Of a stale draft the fault lies in the revision that was sent.
        kind = STALE if len(issue["path"]) > len(("comments", place)) else NOT_DONE
        refused[ticked[place].id] |= {"kind": kind, "message": issue["message"], "issues": [issue]}
    return refused


async def _show(visit: Visit, round_id: str, ids: Sequence[str], refusals: Refusals, *, sent: bool = False) -> Response:
    """Return the page about drafts, or after filing the way to the receipt if none of them is left."""
    party = own_party(visit)
    ids = list(dict.fromkeys(ids))
    left, ids = len(ids[MOST_AT_ONCE:]), ids[:MOST_AT_ONCE]
    variables = {"roundId": round_id, "ids": ids, "partyId": [party["id"]]}
    answer = await visit.read("CommentsToFile", **variables)
    round_ = found(answer["round"])
    comments = [each for each in answer["nodes"] if each and _is_of(each, party, round_)]
    drafts = [each for each in comments if each["status"] == "DRAFT"]
    filed = [each for each in comments if each["submittedAt"]]
    gone = [each for each in comments if each not in drafts and each not in filed]
    if sent and filed and not (drafts or gone or left):
        first, *others = [str(each["id"]) for each in filed]
        query = urlencode([*(("also", each) for each in others), ("done", "clearComment")])
        return RedirectResponse(f"/receipts/{first}?{query}", status_code=303)
    return visit.render(
        "delegation/check.html",
        status=422 if sent and len(refusals) == len(ids) else 200,
        party=party,
        round=round_,
        drafts=drafts,
        filed=filed,
        gone=gone,
        left=left,
        refusals=refusals,
        offer=filing_offer(drafts),
        differences={each["id"]: _differences(each, refusals) for each in drafts},
        seen={each["id"]: json.dumps(_what_is_seen(each), ensure_ascii=False) for each in drafts},
        focal_points=[each for each in answer["delegates"]["nodes"] if each["isFocalPoint"]],
    )


def _is_of(comment: Mapping[str, Any], party: Mapping[str, Any], round_: Mapping[str, Any]) -> bool:
    """Return whether an object is a comment of the party in the round."""
    if comment["__typename"] != "Comment":
        return False
    return (comment["party"]["id"], comment["round"]["id"]) == (party["id"], round_["id"])


def _what_is_seen(comment: Mapping[str, Any]) -> dict[str, Any]:
    return {name: comment[name] and comment[name][:SEEN_CHARACTERS] for name in SEEN}


def _differences(comment: Mapping[str, Any], refusals: Refusals) -> list[tuple[str, Any, Any]]:
    """Return what a stale draft said when it was checked and says now: (field, then, now) each."""
    refused = refusals.get(comment["id"])
    if refused is None or refused["kind"] != STALE:
        return []
    seen = refused["seen"]
    now = _what_is_seen(comment)
    return [(name, seen[name], now[name]) for name in SEEN if name in seen and seen[name] != now[name]]
