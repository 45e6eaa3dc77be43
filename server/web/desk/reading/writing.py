"""The form of a comment: what stands in it, what its wording would change, and what is sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from server.transport.published import Data
from server.web.desk.acts import send
from server.web.desk.sent import Pairs, first_of
from server.web.desk.visits import Visit

FORM = "comment"
"""The name of the form; the ids of its fields begin with it."""
WORDING = "proposedWording!"
ALIKE_SEEN = "_alike"
"""The field by which the form says that comments which say much the same were shown."""
WRITING = frozenset({"draftComment", "submitComment", "reviseComment"})
"""The acts that the form sends."""
KEEPING = frozenset({"draftComment", "reviseComment"})
"""Those of them that keep a draft."""
GIVE = "give"
"""The parameter in the address of a form by which a draft that is kept goes to those who clear it."""
TYPES = ("SUBSTANTIVE", "EDITORIAL", "LINGUISTIC", "QUESTION")
"""The types of comments on a provision; one on the whole text is GENERAL."""
SEEN = ("text", "reason", "proposedWording")
"""What a draft says, in the order in which it is compared if somebody changed it meanwhile."""


class Writing(NamedTuple):
    """A comment that is being written. `provision` is None for one on the whole text, `draft` for a new one.

    `preview` is what its wording would change, or the refusal of the wording, or None. `was` is what the writer saw of
    the draft, by field, if somebody else changed it. `alike` are comments that say much the same, once it was shown.
    """

    provision: Mapping[str, Any] | None
    draft: Mapping[str, Any] | None
    values: Mapping[str, str]
    quoted: str
    preview: Data | None
    was: Mapping[str, str]
    alike: Sequence[Mapping[str, Any]] = ()
    adds: bool = False
    """Whether it asks for a new provision after this one."""
    whole: Mapping[str, Any] | None = None
    """All that the draft says, of which the form shows a part."""
    can_be_given: bool = False
    """Whether the draft can be given to those who clear it."""


async def write(
    visit: Visit, provisions: Iterable[Mapping[str, Any]], comments: Iterable[Any], round_id: str
) -> Writing | None:
    """Return the comment that is being written on the provision in the address, None if there is none."""
    on = visit.query.get("on", "")
    provision = next((each for each in provisions if each["key"] == on), None)
    if provision is None and on != "general":
        return None
    draft_id = visit.query.get("draft", "")
    drafts = (each for each in comments if each["status"] == "DRAFT" and not each["newProvision"])
    draft = next((each for each in drafts if each["id"] == draft_id), None)
    sent = visit.sent if visit.sent and visit.sent.form == FORM else None
    before = provision["text"] if provision else ""
    values = values_of(draft, before)
    wording = _plain(sent.get(WORDING)) if sent else values["proposedWording"]
    preview = None
    if provision and wording != before and not (sent and sent.get("coversSection")):
        preview = await _preview(visit, provision["id"], wording)
    was = {name: sent.get(f"_seen.{name}") for name in SEEN} if sent and sent.is_stale and draft else {}
    alike = await find_alike(visit, sent.pairs, round_id) if sent and not draft else ()
    adds = provision is not None and draft is None and visit.query.get("new") == "1"
    writing = Writing(provision, draft, values, quoted_words(visit, draft, before), preview, was, alike, adds)
    return writing if draft is None else await _complete(visit, writing, draft_id)


async def _complete(visit: Visit, writing: Writing, draft_id: str) -> Writing:
    """Return what is written of a draft with all that it says, so that keeping it takes nothing from it."""
    answer, inside = await visit.read_all(("CommentDetail", {"id": draft_id}), ("DraftDetail", {"id": draft_id}))
    draft = inside["comment"] and inside["comment"]["draft"]
    offers = draft["availableActs"] if draft else ()
    can_be_given = any(each["act"] == "PRESENT_DRAFT" and each["isAllowed"] for each in offers)
    return writing._replace(whole=answer["comment"], can_be_given=can_be_given)


async def find_alike(visit: Visit, pairs: Pairs, round_id: str) -> Sequence[Mapping[str, Any]]:
    """Return the comments of other parties that ask for the same words as a form, or say much the same."""
    sent = dict(pairs)
    fields = dict(await ready(visit, "submitComment", pairs))
    provision_id, text = fields.get("provisionId", ""), fields.get("text", "")
    wording = fields.get(WORDING) or fields.get("newProvision.words") or None
    same = await _preview(visit, provision_id, _plain(sent[WORDING])) if WORDING in fields else None
    alike: dict[str, Mapping[str, Any]] = {}
    if same is not None and same["__typename"] != "Refusal":
        alike |= {each["id"]: each for each in same["alike"]}
    on = {"roundId": fields.get("roundId") or round_id, "provisionId": provision_id or None}
    if on["roundId"] and (text.strip() or wording):
        answer = (await visit.read("AlikeComments", **on, text=text, proposedWording=wording))["alikeComments"]
        alike |= {each["id"]: each for each in (answer or {}).get("comments", ())}
    own = visit.speaks["party"]["id"] if visit.speaks else ""
    return [each for each in alike.values() if each["party"]["id"] != own]


async def hold_alike(visit: Visit, act: str, pairs: Pairs) -> bool:
    """Return whether a comment is not filed yet because others say much the same, and the writer has not seen them."""
    if act != "submitComment" or any(name == ALIKE_SEEN for name, _ in pairs):
        return False
    return bool(await find_alike(visit, pairs, ""))


def values_of(draft: Mapping[str, Any] | None, before: str) -> dict[str, str]:
    """Return what stands in the form at first: what a draft says, or the words of the provision."""
    if draft is None:
        return {"type": TYPES[0], "text": "", "reason": "", "proposedWording": before}
    wanted, quotation = draft["proposedWording"], draft["quotation"]
    wording = before
    if wanted is not None:
        wording = before[: quotation["start"]] + wanted + before[quotation["end"] :] if quotation else wanted
    return {
        "type": draft["type"],
        "text": draft["text"],
        "reason": draft["reason"] or "",
        "proposedWording": wording,
    }


def quoted_words(visit: Visit, draft: Mapping[str, Any] | None, before: str) -> str:
    """Return the words on which a comment that changes none would stand: of a draft, or selected by a script."""
    if visit.sent and visit.sent.form == FORM:
        words = visit.sent.get("quotation.exact")
    elif draft:
        words = draft["quotation"]["exact"] if draft["quotation"] else ""
    else:
        words = visit.query.get("words", "")[:2000]
    return words if words and words in before else ""


async def ready(visit: Visit, act: str, pairs: Pairs) -> Pairs:
    """Return the fields of a comment with the fewest words to quote, in the place of the whole provision.

    Words left as they are, and those of a comment on a whole section, are no wording. Words that are changed stand in
    the place of a cell.
    """
    fields = dict(pairs)
    if act not in WRITING or WORDING not in fields:
        return pairs
    wording, provision_id = _plain(fields[WORDING]), fields.get("provisionId", "")
    preview = None if fields.get("coversSection") else await _preview(visit, provision_id, wording)
    others = [pair for pair in pairs if pair[0] != WORDING]
    if preview is None:
        return others
    if preview["__typename"] == "Refusal":
        is_as_it_was = any(issue["code"] == "NOTHING_CHANGES" for issue in preview["issues"])
        return others if is_as_it_was else pairs
    quotation = preview["quotation"]
    if quotation is None:
        return pairs
    named = [(f"quotation.{name}", words) for name, words in quotation.items() if words and name != "__typename"]
    unquoted = [pair for pair in others if pair[0] != "cell" and not pair[0].startswith("quotation.")]
    return [*unquoted, *named, (WORDING, preview["proposedWording"])]


async def give(visit: Visit, act: str, fact: dict[str, Any], pairs: Pairs) -> str:
    """Give a draft that was just kept to those who clear it, if the form asks for that. Return the act to be told.

    If it cannot be given, the draft is kept all the same.
    """
    if visit.query.get(GIVE) != "1" or act not in KEEPING:
        return act
    comment = fact["comment"]
    fields = [
        ("idempotencyKey", f"{first_of(pairs, 'idempotencyKey')} {GIVE}"),
        ("commentId", comment["id"]),
        ("expectedRevision", str(comment["revision"])),
    ]
    answer = await send(visit, "presentDraft", fields)
    return act if answer["__typename"] == "Refusal" else "presentDraft"


async def _preview(visit: Visit, provision_id: str, wording: str) -> Data | None:
    answer = await visit.read("PreviewWording", provisionId=provision_id, wording=wording)
    preview: Data | None = answer["previewWording"]
    return preview


def _plain(text: str) -> str:
    """Return a text with the line ends that the server knows."""
    return text.replace("\r\n", "\n")
