"""The library of texts, and the page on which a text is read and commented on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from server.web.desk.comments.pages import LANGUAGES
from server.web.desk.pages import Page
from server.web.desk.reading.asking import CAPACITY_OF_VIEW, OURS, ReadPart, read_part
from server.web.desk.reading.blocks import TextBlock, blocks_of
from server.web.desk.reading.library import show_library
from server.web.desk.reading.notes import MarginNote, in_order, limit_notes, note_of
from server.web.desk.reading.writing import TYPES, give, hold_alike, ready, write
from server.web.desk.visits import FILING, Visit
from server.web.look.languages import name_of

PHASES = ("OPEN", "PAUSED", "PLANNED", "CLOSED", "IN_DISPOSITION", "COMPLETED", "REPORTED", "CANCELLED")
"""The order in which one of several rounds of a version is spoken of first."""
CLOSED = {"CLOSED", "IN_DISPOSITION", "COMPLETED", "REPORTED"}
"""Phases in which comments are answered, or were."""
OF_FORMS = ("on", "draft", "new", "words", "oppose", "withdraw", "place", "give")
"""Parameters of the address by which a form is open."""


async def show_text(visit: Visit) -> Response:
    """Return the page of a part of a text, with its comments beside it."""
    reading = await read_part(visit)
    data = reading.data
    version, outline = data["textVersion"], data["textOutline"]
    provisions = version["provisions"]["nodes"]
    party = visit.speaks["party"]["id"] if visit.speaks else None
    notes, general = _gather(data, {each["key"] for each in provisions}, party)
    headings = frozenset(heading["key"] for heading in outline["headings"])
    blocks = blocks_of(provisions, limit_notes(notes, frozenset(visit.query.values())), headings)
    comments = [note.comment for block in blocks for note in block.notes] + [note.comment for note in general]
    rounds = sorted(version["rounds"]["nodes"], key=lambda each: PHASES.index(each["phase"]))
    open_rounds = [each for each in rounds if offer(each, "DRAFT_COMMENT")["isAllowed"]]
    writing = await write(visit, provisions, comments, open_rounds[0]["id"] if open_rounds else "")
    return visit.render(
        "reading/text.html",
        version=version,
        outline=outline,
        part=reading.part,
        first=_address_of(visit, 1),
        turn={name: _address_of(visit, getattr(reading.part, name) or 1) for name in ("previous", "next")},
        tree=tree_of(visit, reading, blocks),
        blocks=blocks,
        general=general,
        rounds=rounds,
        round_titles=_name_rounds(rounds, data["carried"]["nodes"]),
        main=_choose(rounds, visit.query.get("round", "")),
        open_rounds=open_rounds,
        languages=[(tag, name_of(tag, visit.language)) for tag in LANGUAGES],
        writing=writing,
        types=TYPES,
        views=_views_of(visit, data),
        offer=offer,
        base=_base_of(visit, reading.part.start),
        placing=_placing(visit, [*general, *(note for block in blocks for note in block.notes)]),
        closed={each["id"] for each in rounds if each["phase"] in CLOSED},
        tongue=name_of(version["language"], visit.language),
        counts={name: data[name]["totalCount"] for name in ("ours", "drafts", "written")},
        has_more={name: data[name]["pageInfo"]["hasNextPage"] for name in ("general", "carried")},
    )


def _gather(
    data: Mapping[str, Any], keys: set[str], party: str | None
) -> tuple[dict[str, list[MarginNote]], list[MarginNote]]:
    """Return the notes of this part by the key of their provision, and those on the whole text.

    A comment that was carried to this version stands beside its provision; if that is gone, on the whole text.
    """
    notes: dict[str, list[MarginNote]] = defaultdict(list)
    for provision in data["textVersion"]["provisions"]["nodes"]:
        notes[provision["key"]] += [note_of(each, provision["key"], party) for each in provision["comments"]["nodes"]]
    general = [note_of(each, None, party) for each in data["general"]["nodes"]]
    for comment in data["carried"]["nodes"]:
        place = comment["carriedTo"]["provision"]
        if place is None:
            general.append(note_of(comment, None, party))
        elif place["key"] in keys:
            notes[place["key"]].append(note_of(comment, place["key"], party))
    return notes, in_order(general)


def _name_rounds(rounds: Sequence[Mapping[str, Any]], carried: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the titles of rounds by id, to stand beside citations: if there are several, and of earlier versions."""
    several = rounds if len(rounds) > 1 else ()
    return {each["id"]: each["title"] for each in (*several, *(comment["round"] for comment in carried))}


def tree_of(visit: Visit, reading: ReadPart, blocks: Sequence[TextBlock]) -> list[dict[str, Any]]:
    """Return the lines of the tree: the headings of the whole text, and the numbered provisions of this part.

    Each has the address of the part in which it stands, "" for this one, and the number of comments on it.
    """
    lines = []
    addresses = {start: _address_of(visit, start) for start in reading.starts} | {reading.part.start: ""}
    blocks_at = {block.provision["position"]: block for block in blocks}
    headings = {heading["position"]: heading for heading in reading.data["textOutline"]["headings"]}
    for position in sorted(headings.keys() | blocks_at.keys()):
        block = blocks_at.get(position)
        provision = block.provision if block else headings[position]
        is_heading = position in headings
        if not is_heading and (block is None or block.is_inside or not (provision["printedNumber"] or block.is_table)):
            continue
        start = next(start for start in reversed(reading.starts) if start <= position)
        lines.append(
            {
                "provision": provision,
                "is_heading": is_heading,
                "address": addresses[start],
                "count": len(block.notes) + block.more if block else 0,
            }
        )
    return lines


def offer(round_: Mapping[str, Any], act: str) -> Mapping[str, Any]:
    """Return what a round offers the visitor of one act."""
    return next(each for each in round_["availableActs"] if each["act"] == act)


def _address_of(visit: Visit, start: int) -> str:
    """Return the address of the part that begins at a place, without a form."""
    return visit.address(**dict.fromkeys(OF_FORMS), section=str(start) if start > 1 else None)


def _base_of(visit: Visit, start: int) -> str:
    """Return the beginning of the addresses by which forms of this part are opened: they add one parameter."""
    address = _address_of(visit, start)
    return address + ("&" if "?" in address else "?")


def _placing(visit: Visit, notes: Iterable[MarginNote]) -> Mapping[str, Any] | None:
    """Return the carried comment whose place the visitor is about to name, None if there is none."""
    doubtful = (note.comment for note in notes if "CONFIRM_CARRIED_COMMENT" in note.acts)
    return next((comment for comment in doubtful if comment["id"] == visit.query.get("place")), None)


def _choose(rounds: Sequence[Mapping[str, Any]], wanted: str) -> Mapping[str, Any] | None:
    """Return the round that the notice is about: the one in the address, or the first."""
    return next((each for each in rounds if each["id"] == wanted), rounds[0] if rounds else None)


def _views_of(visit: Visit, data: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the views of comments with their numbers, the whole first; none if there is nothing to choose from."""
    counts = [(view, data[view]["totalCount"]) for view in CAPACITY_OF_VIEW]
    drafts, ours = data["drafts"]["totalCount"], data[OURS]["totalCount"]
    everything = sum(count for _, count in counts) + drafts
    views = [("", everything), *counts, *([(OURS, ours)] if visit.speaks else [])]
    others = [view for view, count in views[1:] if 0 < count < everything]
    return [(view, count) for view, count in views if count or not view] if others else []


def onward(visit: Visit, act: str, fact: dict[str, Any]) -> str:
    """Return the page without the form, at the comment that was acted on; of an act on the version the page itself."""
    if "comment" not in fact:
        return ""
    comment_id = fact["comment"]["id"]
    filed = comment_id if act in FILING else None
    return f"{visit.address(**dict.fromkeys(OF_FORMS), filed=filed)}#{comment_id}"


READING_PAGES = (
    Page("/texts", show_library),
    Page(
        "/texts/{version}",
        show_text,
        acts=frozenset(
            {
                "abandonVersion",
                "clearComment",
                "confirmCarriedComment",
                "draftComment",
                "issueVersion",
                "opposeComment",
                "reviseComment",
                "submitComment",
                "supportComment",
                "takeBackMark",
                "tolerateComment",
                "withdrawComment",
            }
        ),
        onward=onward,
        fill=ready,
        holds=hold_alike,
        follow=give,
    ),
)
