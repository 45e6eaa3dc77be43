"""The page of one comment: what it asks, what others say of it, what became of it, and what can be done with it."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found
from server.web.look.languages import name_of

ACTS = frozenset(
    {
        *("supportComment", "opposeComment", "tolerateComment", "takeBackMark", "replyToComment", "takeBackReply"),
        *("withdrawComment", "confirmCarriedComment", "reviseComment", "replaceComment", "clearComment"),
        *("confirmCoSignature", "declineCoSignature"),
        *("presentDraft", "clearDraft", "returnDraft", "discardDraft", "writeNote", "discardNote"),
    }
)
LANGUAGES = ("en", "fr", "es", "pt", "ar", "ru", "zh")
"""Languages that a comment or a reply is written in, by their tags; the API takes others, too."""
REPLIES = 50
"""Replies on one page of a thread."""
MOST_PARTIES = 100
"""Parties to choose from when one is asked to sign."""
MOST_PROVISIONS = 100
"""Provisions to choose from when a party names the place of a carried comment."""


async def show(visit: Visit) -> Response:
    """Return the page of a comment."""
    on = {"id": visit.parameter("comment")}
    answer, inside, replies = await visit.read_all(
        ("CommentDetail", on),
        ("DraftDetail", on),
        ("CommentThread", on | {"first": REPLIES, "after": visit.query.get("replies")}),
    )
    comment = found(answer["comment"])
    draft = inside["comment"]["draft"]
    offers = {offer["act"]: offer for offer in comment["availableActs"]}
    party_id = visit.speaks["party"]["id"] if visit.speaks else ""
    return visit.render(
        "comments/comment.html",
        comment=comment,
        offers=offers,
        is_own=comment["party"]["id"] == party_id,
        draft=draft,
        draft_offers={offer["act"]: offer for offer in draft["availableActs"]} if draft else {},
        notes=inside["comment"]["notes"]["nodes"],
        mark=_own_mark(comment, party_id),
        thread=replies["comment"]["replies"],
        others=await _list_others(visit, comment, offers),
        languages=[(tag, name_of(tag, visit.language)) for tag in LANGUAGES],
        tongues={comment["language"]: name_of(comment["language"], visit.language)} if comment["language"] else {},
        places=await _list_places(visit, comment, offers.get("CONFIRM_CARRIED_COMMENT")),
    )


def onward(_visit: Visit, act: str, fact: dict[str, Any]) -> str:
    """Return the page of a comment that takes the place of another, and the list of what is signed after declining."""
    if act == "declineCoSignature":
        return "/signatures"
    return f"/comments/{fact['comment']['id']}" if act == "replaceComment" else ""


def _own_mark(comment: Mapping[str, Any], party_id: str) -> Mapping[str, Any] | None:
    """Return the mark of the visitor's party with the `edge` that it stands on, None without one."""
    marks = ((edge, mark) for edge in ("supports", "oppositions", "tolerances") for mark in comment[edge]["nodes"])
    return next(({**mark, "edge": edge} for edge, mark in marks if mark["party"]["id"] == party_id), None)


async def _list_others(visit: Visit, comment: Mapping[str, Any], offers: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return a page of the parties that can be asked to sign a draft, None unless the visitor can ask.

    `options` are (id, short name) of those that are not asked yet.
    """
    if comment["status"] != "DRAFT" or not offers["REVISE_COMMENT"]["isAllowed"]:
        return None
    party_ids = {comment["party"]["id"], *(each["party"]["id"] for each in comment["coSignatures"]["nodes"])}
    wanted = {"capacity": comment["round"]["audience"]}
    page = {"first": MOST_PARTIES, "after": visit.query.get("parties")}
    parties = (await visit.read("PartyList", filter=wanted, **page))["parties"]
    options = [(each["id"], each["shortName"]) for each in parties["nodes"] if each["id"] not in party_ids]
    return {"options": options, "pageInfo": parties["pageInfo"]}


async def _list_places(
    visit: Visit, comment: Mapping[str, Any], offer: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """Return a page of the provisions of the version to which a comment was carried.

    None unless the visitor can say where in it the comment belongs.
    """
    if comment["carriedTo"] is None or offer is None or not offer["isAllowed"]:
        return None
    version_id = comment["carriedTo"]["textVersion"]["id"]
    answer = await visit.read("ProvisionList", id=version_id, first=MOST_PROVISIONS, after=visit.query.get("after"))
    places: Mapping[str, Any] | None = answer["textVersion"] and answer["textVersion"]["provisions"]
    return places


COMMENT_PAGES = (Page("/comments/{comment}", show, acts=ACTS, onward=onward),)
