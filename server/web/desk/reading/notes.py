"""Comments as notes beside the text: in their order, with what they ask for."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

CAPACITIES = ("SECRETARIAT", "MEMBER", "OBSERVER", "PRIVATE_SECTOR")
"""The order in which the comments of parties stand, and in which they are never mixed."""
AROUND, LONGEST = 80, 200
"""Characters that are shown of kept words beside a change, and up to which they are shown whole."""
MOST_BESIDE = 200
"""Comments that stand beside one part of a text: the page stays small, and the others are a link away."""
Run = Mapping[str, Any]


class MarginNote(NamedTuple):
    """A comment beside the text.

    `start` and `end` are the place of the words that it quotes, None where it quotes none. `asked` is the change that
    it asks for, in runs. `key` is that of the provision beside which it stands, None for the whole text. `state` is how
    certain the place of a carried comment is, "" for one on this version. `mark` is the id of the mark of the visitor's
    party on it, "" without one.
    """

    comment: Mapping[str, Any]
    start: int | None
    end: int
    asked: Sequence[Run]
    acts: frozenset[str]
    is_ours: bool
    key: str | None
    state: str = ""
    letter: str = ""
    mark: str = ""


def note_of(comment: Mapping[str, Any], key: str | None, party: str | None) -> MarginNote:
    """Return the note of a comment on the provision with a permanent key, as `party` reads it."""
    acts = frozenset(offer["act"] for offer in comment["availableActs"] if offer["isAllowed"])
    marks = (mark for edge in ("supports", "oppositions", "tolerances") for mark in comment[edge]["nodes"])
    mark = next((mark["id"] for mark in marks if mark["party"]["id"] == party), "")
    if mark:
        acts -= {"SUPPORT_COMMENT", "OPPOSE_COMMENT", "TOLERATE_COMMENT"}
    is_ours = comment["party"]["id"] == party
    quoted = comment["quotation"]
    start, end = (quoted["start"], quoted["end"]) if quoted else (None, 0)
    change = shorten(settle(within(comment["runs"], start, end)))
    carried = comment.get("carriedTo")
    if carried is None:
        return MarginNote(comment, start, end, change, acts, is_ours, key, mark=mark)
    return MarginNote(
        comment, carried["start"], carried["end"] or 0, change, acts, is_ours, key, carried["state"], mark=mark
    )


def in_order(notes: Iterable[MarginNote]) -> list[MarginNote]:
    """Return notes in the order of the words that they quote; then by capacity and name; those that quote none last."""

    def place(note: MarginNote) -> tuple[bool, int, int, str]:
        party = note.comment["party"]
        capacity = CAPACITIES.index(party["capacity"])
        return note.start is None, note.start or 0, capacity, party["shortName"] or ""

    return sorted(notes, key=place)


def limit_notes(notes: Mapping[str, Sequence[MarginNote]], named: Container[str]) -> dict[str, list[MarginNote]]:
    """Return the notes that stand beside a part of a text: all, or as many of each provision where those are too many.

    Those of the visitor's party come first, and drafts, carried comments and those `named` in the address always stay.
    """
    count = sum(map(len, notes.values()))
    if count <= MOST_BESIDE:
        return {key: list(each) for key, each in notes.items()}
    share = max(1, MOST_BESIDE // sum(1 for each in notes.values() if each))
    return {key: _take_share(each, share, named) for key, each in notes.items()}


def _take_share(notes: Sequence[MarginNote], share: int, named: Container[str]) -> list[MarginNote]:
    """Return so many of the notes of one provision, in their order, and those that always stay."""
    first = sorted(range(len(notes)), key=lambda place: (not notes[place].is_ours, place))[:share]
    return [
        note
        for place, note in enumerate(notes)
        if place in first or note.state or note.comment["status"] == "DRAFT" or note.comment["id"] in named
    ]


def within(runs: Sequence[Run], start: int | None, end: int) -> list[Run]:
    """Return the part of runs that stands on the quoted words, the whole if none are quoted."""
    if start is None:
        return list(runs)
    parts: list[Run] = []
    place = 0
    for run in runs:
        text = run["text"]
        if run["kind"] == "INSERT":
            if start <= place <= end:
                parts.append(run)
            continue
        first, last = max(start, place), min(end, place + len(text))
        if first < last:
            parts.append({"kind": run["kind"], "text": text[first - place : last - place]})
        place += len(text)
    return parts


def settle(runs: Sequence[Run]) -> Sequence[Run]:
    """Return runs as one replacement where less than half of the words stay: a mosaic of words is hard to read."""
    common, before, after = (
        "".join(run["text"] for run in runs if run["kind"] in kinds)
        for kinds in ({"KEEP"}, {"KEEP", "DELETE"}, {"KEEP", "INSERT"})
    )
    if len(runs) < 4 or 2 * len(common) >= len(before):
        return runs
    return [{"kind": "DELETE", "text": before + " "}, {"kind": "INSERT", "text": after}]


def shorten(runs: Sequence[Run]) -> list[Run]:
    """Return runs with long kept words cut: of those before the first change their end is left, and so on."""
    last = len(runs) - 1
    return [
        run
        if run["kind"] != "KEEP" or len(run["text"]) <= LONGEST
        else {**run, "text": _cut(run["text"], number, last)}
        for number, run in enumerate(runs)
    ]


def _cut(text: str, number: int, last: int) -> str:
    before = text[:AROUND].rpartition(" ")[0] + " … " if number else "… "
    after = " … " + text[-AROUND:].partition(" ")[2] if number < last else " …"
    return before.rstrip(" …") + after if number else after.lstrip()
