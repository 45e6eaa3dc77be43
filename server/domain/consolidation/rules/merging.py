"""What is merged into the next version, and what collides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, apply_hunks
from server.wording.merge import Change, merge


class BaseText(NamedTuple):
    """A provision as it stands in the base, or as it is made for the target."""

    key: str
    kind: str
    level: int
    printed_number: str
    text: str


class Accepted(NamedTuple):
    """One accepted change. `hunks` are on the base text of `key`; ADD and MOVE place `key` after `after` (None: first).

    `source` is a comment or an amendment, `decision` the disposition or the view that accepted it.
    """

    source: str
    decision: str
    party: str
    kind: AmendmentKind
    key: str
    hunks: tuple[Hunk, ...] = ()
    wording: str = ""
    after: str | None = None


class Applied(NamedTuple):
    """One change that stands in the target, with who asked for it and the decision behind it."""

    accepted: Accepted
    hunk: Hunk


class Collision(NamedTuple):
    """Accepted wordings that collide on [start, end) of a provision; `sides` are (accepted, words that would stand)."""

    key: str
    start: int
    end: int
    base_words: str
    sides: tuple[tuple[Accepted, str], ...]


class Made(NamedTuple):
    """What consolidation made of the base: the target's provisions in order, what was applied and what collides."""

    provisions: tuple[BaseText, ...]
    applied: tuple[Applied, ...]
    collisions: tuple[Collision, ...]


def consolidated(base: Sequence[BaseText], accepted: Sequence[Accepted]) -> Made:
    """Merge every accepted change that collides with no other. Time grows with the text and the changes, not with
    their product."""
    by_key: dict[str, list[Accepted]] = defaultdict(list)
    for change in accepted:
        by_key[change.key].append(change)
    provisions, applied, collisions = [], [], []
    for provision in base:
        text, stands, collides = _merged(provision, by_key.get(provision.key, ()))
        applied += stands
        collisions += collides
        if text or not provision.text:
            provisions.append(provision._replace(text=text))
    placed = [change for change in accepted if change.kind in (AmendmentKind.ADD, AmendmentKind.MOVE)]
    applied += [Applied(change, Hunk(0, 0, change.wording)) for change in placed]
    places = _places_in(base, {provision.key for provision in provisions})
    placed = [change._replace(after=places.get(change.after, change.after)) for change in placed]
    return Made(tuple(_placed(provisions, placed)), tuple(applied), tuple(collisions))


def _merged(provision: BaseText, changes: Iterable[Accepted]) -> tuple[str, list[Applied], list[Collision]]:
    worded = {change.source: change for change in _competing(provision.text, changes)}
    if not worded:
        return provision.text, [], []
    merged = merge(provision.text, [Change(source, change.hunks) for source, change in worded.items()])
    applied = [Applied(worded[source], hunk) for hunk, sources in merged.applied for source in sources]
    collisions = [
        Collision(
            provision.key,
            start,
            end,
            provision.text[start:end],
            tuple((worded[side.source], words_in(provision.text, start, end, side.hunks)) for side in sides),
        )
        for start, end, sides in merged.conflicts
    ]
    return merged.text, applied, collisions


def _competing(text: str, changes: Iterable[Accepted]) -> list[Accepted]:
    """The changes of words. Where one of them leaves nothing of the provision, the others compete with it as a whole:
    words added at its edge must not be left standing alone."""
    worded = [change for change in changes if change.hunks]
    results = [apply_hunks(text, change.hunks) for change in worded]
    if "" not in results or not any(results):
        return worded
    whole = partial(Hunk, 0, len(text))
    return [change._replace(hunks=(whole(result),)) for change, result in zip(worded, results, strict=True)]


def words_in(base: str, start: int, end: int, hunks: Sequence[Hunk]) -> str:
    """The words that stand in [start, end) of the base once the hunks, which lie inside, are applied."""
    moved = [Hunk(hunk.start - start, hunk.end - start, hunk.replacement) for hunk in hunks]
    return apply_hunks(base[start:end], moved)


def _places_in(base: Sequence[BaseText], standing: set[str]) -> dict[str | None, str | None]:
    """For every provision of the base the one that stands in its place: itself, or the last one before it that does."""
    places: dict[str | None, str | None] = {}
    before: str | None = None
    for provision in base:
        before = provision.key if provision.key in standing else before
        places[provision.key] = before
    return places


def _placed(provisions: list[BaseText], placed: Sequence[Accepted]) -> list[BaseText]:
    moved = {change.key for change in placed if change.kind == AmendmentKind.MOVE}
    standing = {provision.key: provision for provision in provisions}
    following: dict[str | None, list[BaseText]] = defaultdict(list)
    for change in placed:
        if change.kind == AmendmentKind.ADD:
            following[change.after].append(BaseText(change.key, "PARAGRAPH", 0, "", change.wording))
        elif change.key in standing:
            following[change.after].append(standing.pop(change.key))
    ordered: list[BaseText] = []
    pending = [*reversed([p for p in provisions if p.key not in moved]), *reversed(following.pop(None, []))]
    while pending:
        provision = pending.pop()
        ordered.append(provision)
        pending += reversed(following.pop(provision.key, []))
    return ordered + [provision for left in following.values() for provision in left]
