"""Letters that tie changed words to who asked for them and which decision stands behind them."""

from collections.abc import Iterable, Mapping
from string import ascii_lowercase
from typing import Any, NamedTuple

Given = Mapping[str, Any]


class Note(NamedTuple):
    """Who asked for a change, named by a letter. `id` is its anchor on the page, `is_settled` of a settled conflict."""

    letter: str
    id: str
    given: Given

    @property
    def is_settled(self) -> bool:
        """Whether an officer settled a conflict with these words."""
        return bool(self.given.get("settledBy"))


class LetteredRun(NamedTuple):
    """Words of a redline with the notes that they lead to."""

    run: Given
    notes: list[Note]


class Lettered(NamedTuple):
    """The words of a provision with letters, the notes by letter, and the settlements between parties, each once."""

    runs: list[LetteredRun]
    notes: list[Note]
    settlements: list[Given]


def letter(runs: Iterable[Given], anchor: str, key: str = "sources", more: Iterable[Given] = ()) -> Lettered:
    """Return runs with their letters. `key` names the list of sources of a run, `more` are sources of no words.

    `anchor` begins the anchors of the notes on the page. Words that replace others carry the letters of both.
    """
    notes: dict[tuple[str, ...], Note] = {}
    parts: list[LetteredRun] = []
    for run in runs:
        of_run = [_note(notes, anchor, source) for source in run.get(key, ())]
        parts.extend(_without_edges(run, of_run))
    for source in more:
        _note(notes, anchor, source)
    settled = [note.given for note in notes.values() if note.given["party"] and note.is_settled]
    settlements = {(each["settledBy"]["id"], each["reason"]): each for each in settled}
    return Lettered(_once(parts), list(notes.values()), list(settlements.values()))


def letter_at(place: int) -> str:
    """Return the letter of a place from 0: a to z, then aa, ab and so on."""
    above, below = divmod(place, len(ascii_lowercase))
    return (letter_at(above - 1) if above else "") + ascii_lowercase[below]


def _note(notes: dict[tuple[str, ...], Note], anchor: str, source: Given) -> Note:
    """Return the note of a source, a new one if nobody has named it yet."""
    ids = [(source[part] or {}).get("id", "") for part in ("source", "party", "decision")]
    same = (*ids, source["reason"] or "")
    if same not in notes:
        name = letter_at(len(notes))
        notes[same] = Note(name, f"{anchor}-{name}", {"settledBy": None, **source})
    return notes[same]


def _without_edges(run: Given, notes: list[Note]) -> list[LetteredRun]:
    """Return a run with the space at its edges as kept words, so that its letters stand right behind its words."""
    text = run["text"]
    core = text.strip()
    if not notes or not core:
        return [LetteredRun(run, [])]
    before, _, after = text.partition(core)
    edges = [LetteredRun({"kind": "KEEP", "text": edge}, []) for edge in (before, after)]
    return [part for part in (edges[0], LetteredRun({**run, "text": core}, notes), edges[1]) if part.run["text"]]


def _once(runs: list[LetteredRun]) -> list[LetteredRun]:
    """Leave the letters of struck words out where the words that replace them follow and have the same."""
    parts = []
    for place, (run, notes) in enumerate(runs):
        following = next((each for each in runs[place + 1 :] if each.run["text"].strip()), None)
        is_replaced = run["kind"] == "DELETE" and following and following.run["kind"] == "INSERT"
        parts.append(LetteredRun(run, [] if is_replaced and following and following.notes == notes else notes))
    return parts
