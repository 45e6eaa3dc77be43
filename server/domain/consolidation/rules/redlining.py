"""What changed between two versions of an instrument, provision by provision. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.checking import reading_order
from server.vocabulary.texts import ProvisionChange, UnitKind
from server.wording.alignment import find_longest_rise
from server.wording.hunks import Hunk, apply_hunks, hunks_between
from server.wording.redline import Attributed, Run, join_for_reading, narrow, redline, sentence_of
from server.wording.tokens import tokens

_BEGINNING = "the beginning"
_WORDS_QUOTED = 4  # first words that name a provision without a number
_LONGEST_QUOTED = 200  # characters looked at for them
_NOUNS = {
    UnitKind.LIST_ITEM: "list item",
    UnitKind.SUB_ITEM: "sub-item",
    UnitKind.TABLE_ROW: "table row",
    UnitKind.CODE: "lines of code",
}


class PlaceInText(NamedTuple):
    """Where a provision stands: the key of the provision before it, None at the beginning, and the same in words."""

    after: str | None
    words: str


class Pair(NamedTuple):
    """A provision in two versions, None where it does not stand, with its place in each.

    `is_moved` tells a provision that was moved from one that stands elsewhere because others came, went or were moved.
    """

    key: str
    before: BaseText | None
    after: BaseText | None
    place_before: PlaceInText | None
    place_after: PlaceInText | None
    is_moved: bool


class Redlined(NamedTuple):
    """A provision in two versions: its change, each change as a sentence, and the runs of its words."""

    pair: Pair
    change: ProvisionChange
    sentences: tuple[str, ...]
    runs: tuple[Run, ...]


def pair_provisions(
    older: Sequence[BaseText], newer: Sequence[BaseText], moved: Collection[str] = ()
) -> tuple[Pair, ...]:
    """Return every provision of either version, in the order of the later one.

    A provision that is gone comes after the one it stood after. `moved` are the keys that amendments moved: of two
    provisions that changed places, they say which one was moved; without them it is as few as possible.
    The time is that of sorting the provisions.
    """
    before = {provision.key: provision for provision in older}
    after = {provision.key: provision for provision in newer}
    places_before, places_after = _find_places(older), _find_places(newer)
    moved_keys = _find_moved(list(before), list(after), frozenset(moved))
    return tuple(
        Pair(key, before.get(key), after.get(key), places_before.get(key), places_after.get(key), key in moved_keys)
        for key in reading_order(list(before), list(after))
    )


def _find_places(provisions: Sequence[BaseText]) -> dict[str, PlaceInText]:
    """Return the place of every provision of a version, by permanent key."""
    places: dict[str, PlaceInText] = {}
    place = PlaceInText(None, _BEGINNING)
    for provision in provisions:
        places[provision.key] = place
        place = PlaceInText(provision.key, f"after {_name(provision) or f'the {_noun(provision)}'}")
    return places


def _name(provision: BaseText) -> str:
    """Return the printed number of a provision, or its first words in quotation marks, empty if it has neither."""
    words = _first_words(provision.text)
    return provision.printed_number or (words and f"“{words}”")


def _first_words(text: str) -> str:
    """Return the first words of a text, with an ellipsis if there are more."""
    words = tokens(text[:_LONGEST_QUOTED])
    quoted = "".join(words[:_WORDS_QUOTED]).strip()
    return quoted if len(quoted) >= len(text.strip()) else f"{quoted} …"


def _find_moved(older: Sequence[str], newer: Sequence[str], asked: frozenset[str]) -> set[str]:
    """Return the keys of the provisions that changed their place among those that stand in both versions.

    The others keep their order. Those that were asked to move count first, unless they follow the same as before.
    """
    places = {key: place for place, key in enumerate(older)}
    common = [key for key in newer if key in places]
    settled = _keep_order([key for key in common if key not in asked], places)
    was_after, is_after = (_find_predecessors(keys, settled) for keys in (older, newer))
    stable = _keep_order([key for key in common if key in settled or was_after[key] == is_after[key]], places)
    return set(common) - stable


def _keep_order(keys: Sequence[str], places: Mapping[str, int]) -> set[str]:
    """Return as many of the keys as possible that stand in the order of their places."""
    return {keys[index] for index in find_longest_rise({index: places[key] for index, key in enumerate(keys)})}


def _find_predecessors(keys: Sequence[str], stable: Collection[str]) -> dict[str, str | None]:
    """Return for each key the last one before it that is stable."""
    predecessors: dict[str, str | None] = {}
    before = None
    for key in keys:
        predecessors[key] = before
        before = key if key in stable else before
    return predecessors


def change_of(pair: Pair) -> ProvisionChange:
    """Return the change of a provision: new, gone, other words, another place, another number, in this order."""
    before, after = pair.before, pair.after
    change = change_of_words(before.text if before else None, after.text if after else None)
    if change != ProvisionChange.UNCHANGED or before is None or after is None:
        return change
    if pair.is_moved:
        return ProvisionChange.MOVED
    is_same = before.printed_number == after.printed_number
    return ProvisionChange.UNCHANGED if is_same else ProvisionChange.RENUMBERED


def change_of_words(before: str | None, after: str | None) -> ProvisionChange:
    """Return the change from words to other words, None where the provision does not stand."""
    if before is None:
        return ProvisionChange.INSERTED
    if after is None:
        return ProvisionChange.DELETED
    return ProvisionChange.UNCHANGED if before == after else ProvisionChange.REWORDED


def compare_versions(older: Sequence[BaseText], newer: Sequence[BaseText]) -> tuple[Redlined, ...]:
    """Return the redline of every provision of any two versions of an instrument; its runs name no sources."""
    return tuple(build_redline(pair, {}) for pair in pair_provisions(older, newer))


def build_redline(pair: Pair, recorded: Mapping[Hunk, tuple[str, ...]]) -> Redlined:
    """Return the redline of one provision; `recorded` names the sources of each change recorded for its words."""
    base, target = pair.before.text if pair.before else "", pair.after.text if pair.after else ""
    changes = show_changes(base, target, recorded)
    return Redlined(pair, change_of(pair), tuple(_say(pair, base, changes)), redline(base, changes))


def show_changes(base: str, target: str, recorded: Mapping[Hunk, tuple[str, ...]]) -> list[Attributed]:
    """Return the changes from one text to another as people read them, with the sources recorded for them.

    Where the recorded changes do not explain the target, the texts are compared, and what equals a recorded change
    keeps its sources.
    """
    return join_for_reading(base, _attribute(base, target, recorded))


def _attribute(base: str, target: str, recorded: Mapping[Hunk, tuple[str, ...]]) -> list[Attributed]:
    """Return the smallest changes that make the target of the base, each with its sources."""
    if base == target and not recorded:
        return []
    whole = [Attributed(hunk, sources) for hunk, sources in sorted(recorded.items())]
    parts = [part for change in whole for part in narrow(base, change)]
    if apply_hunks(base, recorded) == target:
        # Two parts that insert at one place would have no order.
        return parts if len({part.hunk[:2] for part in parts}) == len(parts) else whole
    known = {part.hunk: part.sources for part in parts} | dict(recorded)
    return [Attributed(hunk, known.get(hunk, ())) for hunk in hunks_between(base, target)]


def _say(pair: Pair, base: str, changes: Iterable[Attributed]) -> list[str]:
    """Return what happened to a provision and to its words, in sentences."""
    before, after, was, now = pair.before, pair.after, pair.place_before, pair.place_after
    if after is not None and before is None:
        place = now.words if now else _BEGINNING
        return [f"new {_noun(after)} {'at ' if place == _BEGINNING else ''}{place}"]
    if after is None or before is None:
        return [f"delete {_call(before)}"] if before else []
    sentences = [sentence_of(base, change.hunk) for change in changes]
    if pair.is_moved and was and now:
        sentences.append(f"move {_call(before)} from {was.words} to {now.words}")
    if before.printed_number != after.printed_number:
        numbers = [f"“{each.printed_number}”" if each.printed_number else "no number" for each in (before, after)]
        sentences.append(f"renumber from {numbers[0]} to {numbers[1]}")
    return sentences


def _call(provision: BaseText) -> str:
    """Return the provision as a sentence calls it: what it is, and its number or first words."""
    return f"{_noun(provision)} {_name(provision)}".strip()


def _noun(provision: BaseText) -> str:
    """Return what the provision is called in a sentence."""
    return _NOUNS.get(UnitKind(provision.kind), provision.kind.lower())
