"""What the workbench makes of what it reads: where to go on, what is left, which words compete. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from server.web.desk.sent import Pairs

Data = Mapping[str, Any]
PAGE = 50
"""Provisions in the queue, and lines of the check, that one page shows."""
LISTS = (
    "acceptedButUnchanged",
    "changedWithoutDecision",
    "refusedYetChanged",
    "proposalInPart",
    "misplaced",
    "danglingReferences",
    "definitionsChanged",
    "corrected",
)
"""The lists of the check, those first that hold a version up most often."""
IDLE = frozenset({"READY", "WAITING"})
"""States of provisions in which there is nothing to do."""
OWN, BASE = "own", "base"
"""Choices besides the sides of a conflict: words that the officer writes, and the words of the base."""


class Left(NamedTuple):
    """What is left to do before a version can be issued."""

    conflicts: int
    unexplained: int
    unread: int
    ready: int

    @property
    def is_nothing(self) -> bool:
        """Whether the version can be issued."""
        return not (self.conflicts or self.unexplained or self.unread)


class Window(NamedTuple):
    """A part of a list, with the items at which the parts before and after begin, None where there are none."""

    items: Sequence[Any]
    previous: Any
    following: Any


class Question(NamedTuple):
    """One list of the check: its findings, those that nothing explains first, and how many these are."""

    name: str
    findings: Sequence[Data]
    unexplained: int


class Passage(NamedTuple):
    """A part of a text, and whether accepted wordings compete for it."""

    words: str
    is_contested: bool


def count_left(provisions: Sequence[Data]) -> Left:
    """Return what is left. A disagreement that comes from an open conflict goes with it, so it is not counted."""
    return Left(
        sum(each["openConflictCount"] for each in provisions),
        sum(each["unexplainedCount"] for each in provisions if not each["openConflictCount"]),
        sum(each["unreadCount"] for each in provisions),
        sum(each["state"] == "READY" for each in provisions),
    )


def find_next(provisions: Sequence[Data], start: str = "", *, is_past: bool = False) -> Data | None:
    """Return the provision to go on with: that with the key `start` if there is something to do, else the next such.

    After the last comes the first again. With `is_past` the one with that key itself is passed over.
    """
    place = next((number for number, each in enumerate(provisions) if each["key"] == start), 0)
    place += is_past
    turned = [*provisions[place:], *provisions[:place]]
    waiting = (each for each in turned if each["state"] not in IDLE and not (is_past and each["key"] == start))
    return next(waiting, None)


def find_key(provisions: Sequence[Data], key: str) -> Data | None:
    """Return the provision with a key, None if the queue has none."""
    return next((each for each in provisions if each["key"] == key), None)


def show_quiet(provision: Data) -> dict[str, Any]:
    """Return a provision of the version as one of the queue in which nothing changed and nothing waits."""
    counts = {"openConflictCount": 0, "unexplainedCount": 0, "unreadCount": 0}
    names = {name: provision[name] for name in ("key", "kind", "printedNumber")}
    return names | counts | {"state": "READY", "words": provision["text"], "change": "UNCHANGED", "parties": []}


def window_of(items: Sequence[Any], place: int) -> Window:
    """Return the part of a list in which the item at a place is."""
    first = place // PAGE * PAGE
    following = items[first + PAGE] if first + PAGE < len(items) else None
    return Window(items[first : first + PAGE], items[first - PAGE] if first else None, following)


def list_questions(check: Data) -> list[Question]:
    """Return the lists of the check that always have a row, and the others where they have findings."""
    return [_ask(name, check[name]) for name in LISTS if check[name] or name in LISTS[:3]]


def _ask(name: str, findings: Sequence[Data]) -> Question:
    ordered = sorted(findings, key=lambda each: each["explanation"] is not None)
    return Question(name, ordered, sum(each["explanation"] is None for each in findings))


def findings_in(check: Data, key: str) -> list[tuple[str, Data]]:
    """Return the findings of the check in one provision, each with the name of its list."""
    return [(name, each) for name in LISTS for each in check[name] if each["provisionKey"] == key]


def needs_revision(findings: Sequence[tuple[str, Data]]) -> bool:
    """Return whether something is not explained that only other words of the provision mend."""
    return any(name != "danglingReferences" and each["explanation"] is None for name, each in findings)


def part_text(text: str, conflicts: Sequence[Data]) -> list[Passage]:
    """Return a text in parts, those for which words compete by themselves."""
    places = sorted((each["start"], each["end"]) for each in conflicts if each["end"] > each["start"])
    edges = sorted({0, len(text), *(edge for place in places for edge in place)})
    return [
        Passage(text[start:end], any(first <= start and end <= last for first, last in places))
        for start, end in pairwise(edges)
    ]


def runs_of(change: Data, before: str) -> list[dict[str, str]]:
    """Return the runs of one change of a text: what it strikes and what it adds."""
    runs = [("DELETE", before[change["start"] : change["end"]]), ("INSERT", change["replacement"] or "")]
    return [{"kind": kind, "text": text} for kind, text in runs if text]


def fill(act: str, pairs: Pairs) -> Pairs:
    """Return the fields of a settlement as its input has them.

    Words: those of the side that was chosen, of the base, or written. Places: the sources that stand, by their number.
    """
    fields = dict(pairs)
    if act == "settleConflict":
        choice = fields.get("_choice", "")
        words = fields.get("words", "") if choice == OWN else fields.get(f"_words.{choice}")
        others = [pair for pair in pairs if pair[0] != "words"]
        return others if words is None else [*others, ("words!", words)]
    if act == "settleStructure":
        placed = [
            (value, name.removeprefix("_place.")) for name, value in pairs if name.startswith("_place.") and value
        ]
        return [*pairs, ("standingIds!", ""), *(("standingIds", source) for _, source in sorted(placed))]
    return pairs


def outcome_of(act: str, pairs: Pairs) -> dict[str, Any]:
    """Return the outcome to preview of a settlement as it was filled in."""
    filled = fill(act, pairs)
    if act == "settleStructure":
        return {"standingIds": [value for name, value in filled if name == "standingIds"]}
    return {"words": next((value for name, value in filled if name == "words!"), "").replace("\r\n", "\n")}
