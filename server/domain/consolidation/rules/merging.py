"""Merging accepted changes into the next version, and finding where they collide. Pure."""

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
    """The result of a consolidation: the target's provisions in order, the applied changes and the collisions."""

    provisions: tuple[BaseText, ...]
    applied: tuple[Applied, ...]
    collisions: tuple[Collision, ...]


def consolidated(base: Sequence[BaseText], accepted: Sequence[Accepted]) -> Made:
    """Merge every accepted change that collides with no other.

    Time grows with the text and the changes, not with their product.
    """
    by_key: dict[str, list[Accepted]] = defaultdict(list)
    for change in accepted:
        by_key[change.key].append(change)
    provisions, applied, collisions = [], [], []
    for provision in base:
        text, stands, collides = _merge_provision(provision, by_key.get(provision.key, ()))
        applied += stands
        collisions += collides
        # Without words a provision is gone, unless it had none in the base.
        if text or not provision.text:
            provisions.append(provision._replace(text=text))
    placements = [change for change in accepted if change.kind in (AmendmentKind.ADD, AmendmentKind.MOVE)]
    applied += [Applied(change, Hunk(0, 0, change.wording)) for change in placements]
    places = _find_places(base, {provision.key for provision in provisions})
    placements = [change._replace(after=places.get(change.after, change.after)) for change in placements]
    return Made(tuple(_place(provisions, placements)), tuple(applied), tuple(collisions))


def _merge_provision(provision: BaseText, changes: Iterable[Accepted]) -> tuple[str, list[Applied], list[Collision]]:
    """Return (text, applied, collisions) of one provision once its changes are merged."""
    by_source = {change.source: change for change in _widen_deletions(provision.text, changes)}
    if not by_source:
        return provision.text, [], []
    merged = merge(provision.text, [Change(source, change.hunks) for source, change in by_source.items()])
    applied = [Applied(by_source[source], hunk) for hunk, sources in merged.applied for source in sources]
    collisions = [
        Collision(
            provision.key,
            start,
            end,
            provision.text[start:end],
            tuple((by_source[side.source], words_in(provision.text, start, end, side.hunks)) for side in sides),
        )
        for start, end, sides in merged.conflicts
    ]
    return merged.text, applied, collisions


def _widen_deletions(text: str, changes: Iterable[Accepted]) -> list[Accepted]:
    """Return the changes of words.

    Where one of them leaves nothing of the provision, the others compete with it as a whole: words added at its edge
    must not be left standing alone.
    """
    rewordings = [change for change in changes if change.hunks]
    results = [apply_hunks(text, change.hunks) for change in rewordings]
    if "" not in results or not any(results):
        return rewordings
    whole = partial(Hunk, 0, len(text))
    return [change._replace(hunks=(whole(result),)) for change, result in zip(rewordings, results, strict=True)]


def words_in(base: str, start: int, end: int, hunks: Sequence[Hunk]) -> str:
    """Return the words that stand in [start, end) of the base once the hunks, which lie inside, are applied."""
    moved = [Hunk(hunk.start - start, hunk.end - start, hunk.replacement) for hunk in hunks]
    return apply_hunks(base[start:end], moved)


def _find_places(base: Sequence[BaseText], standing: set[str]) -> dict[str | None, str | None]:
    """Return for every provision of the base the key of the provision that stands in its place.

    That is the provision itself, or the last one before it that stands; None at the beginning.
    """
    places: dict[str | None, str | None] = {}
    before: str | None = None
    for provision in base:
        before = provision.key if provision.key in standing else before
        places[provision.key] = before
    return places


def _place(provisions: list[BaseText], placements: Sequence[Accepted]) -> list[BaseText]:
    """Return the provisions in order, with the added and moved ones after the provision each names."""
    moved = {change.key for change in placements if change.kind == AmendmentKind.MOVE}
    standing = {provision.key: provision for provision in provisions}
    following: dict[str | None, list[BaseText]] = defaultdict(list)
    for change in placements:
        if change.kind == AmendmentKind.ADD:
            following[change.after].append(BaseText(change.key, "PARAGRAPH", 0, "", change.wording))
        elif change.key in standing:
            following[change.after].append(standing.pop(change.key))
    ordered: list[BaseText] = []
    # A stack, read from its end: what follows a provision comes before the next one, and can be followed itself.
    pending = [*reversed([p for p in provisions if p.key not in moved]), *reversed(following.pop(None, []))]
    while pending:
        provision = pending.pop()
        ordered.append(provision)
        pending += reversed(following.pop(provision.key, []))
    # Provisions that were placed after one another in a circle, or after none that stands, come last and are not lost.
    return ordered + [provision for left in following.values() for provision in left]
