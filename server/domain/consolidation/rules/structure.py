"""Where accepted changes of the structure compete: places, moves, and sections that go. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.outline import Slot, TextTree
from server.vocabulary.consolidation import ConflictKind
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk
from server.wording.merge import form_chain

PLACING = (AmendmentKind.ADD, AmendmentKind.MOVE)
"""The kinds of changes that put a provision somewhere."""


class Contest(NamedTuple):
    """Changes of the structure that cannot all stand, by the provision that they are about."""

    kind: ConflictKind
    key: str
    sides: tuple[Accepted, ...]


def join_equal_additions(outline: TextTree, accepted: Iterable[Accepted]) -> list[Accepted]:
    """Return the changes, with one key for all equal additions at one place: that of the first of them.

    They are equal in kind, level, number and words, white space aside.
    """
    keys: dict[tuple[Slot, BaseText], str] = {}
    joined = []
    for change in accepted:
        if change.kind == AmendmentKind.ADD:
            unit = outline.unit_of(change)._replace(key="", text=" ".join(change.wording.split()))
            change = change._replace(key=keys.setdefault((outline.place_of(change), unit), change.key))
        joined.append(change)
    return joined


def find_contests(outline: TextTree, accepted: Sequence[Accepted]) -> list[Contest]:
    """Return the contests between changes that were filed separately, those that share a change as one.

    A section that goes against what is changed in it or moved; a provision that goes to different places, or after one
    that moves as well; several provisions at one place, unless some asked for all that the others did and for more.
    """
    contests = _join([*_find_removals(outline, accepted), *_find_moves(outline, accepted)])
    held = {side.source for contest in contests for side in contest.sides}
    return contests + _join(_find_crowds(outline, [change for change in accepted if change.source not in held]))


def _find_removals(outline: TextTree, accepted: Sequence[Accepted]) -> Iterator[Contest]:
    """Yield the contests between the deletion of a section and what others ask for in it.

    Other words for a provision that has nothing inside compete with its deletion as words do.
    """
    about: dict[str, list[Accepted]] = defaultdict(list)
    deletions: dict[str, list[Accepted]] = defaultdict(list)
    for change in accepted:
        if change.kind == AmendmentKind.DELETE:
            deletions[change.key].append(change)
            continue
        about[change.key].append(change)
        if change.kind in PLACING and change.after is not None:
            about[change.after].append(change)
    for key, deleting in deletions.items():
        section = outline.section_of(key)
        inside = set(section)
        rivals = [
            change
            for part in section
            for change in about.get(part, ())
            if (change.kind in PLACING or len(section) > 1)
            and _reaches(outline, change, key, inside)
            and any(change.origin != deletion.origin for deletion in deleting)
        ]
        if rivals:
            yield Contest(ConflictKind.REMOVAL, key, tuple(dict.fromkeys((*deleting, *rivals))))


def _reaches(outline: TextTree, change: Accepted, key: str, inside: set[str]) -> bool:
    """Return whether a change alters or moves something of the section `inside`, or puts something into it."""
    if change.key in inside:
        return True
    place = outline.place_of(change)
    return place.anchor in inside and place != Slot(key, is_inside=False)


def _find_moves(outline: TextTree, accepted: Sequence[Accepted]) -> Iterator[Contest]:
    """Yield the contests between moves: one provision to different places, or after one that moves as well."""
    moves: dict[str, list[Accepted]] = defaultdict(list)
    for change in accepted:
        if change.kind == AmendmentKind.MOVE:
            moves[change.key].append(change)
    mover_of = {part: key for key in moves for part in outline.section_of(key)}
    before = {key: mover_of.get(moving[0].after or "") for key, moving in moves.items()}
    for key, moving in moves.items():
        if len({outline.place_of(change) for change in moving}) > 1:
            yield Contest(ConflictKind.PLACE, key, tuple(moving))
        for change in moving:
            anchor = mover_of.get(change.after or "")
            if anchor is None:
                continue
            if _leads_to(key, anchor, before) or any(other.origin != change.origin for other in moves[anchor]):
                yield Contest(ConflictKind.PLACE, key, tuple(dict.fromkeys((change, *moves[anchor]))))


def _leads_to(goal: str, start: str | None, before: Mapping[str, str | None]) -> bool:
    """Return whether moves put `start`, directly or one after the other, after `goal`."""
    passed: set[str] = set()
    while start is not None and start not in passed:
        if start == goal:
            return True
        passed.add(start)
        start = before[start]
    return False


def _find_crowds(outline: TextTree, accepted: Sequence[Accepted]) -> Iterator[Contest]:
    """Yield the contests between provisions that are to stand at one place."""
    placed: dict[Slot, list[Accepted]] = defaultdict(list)
    for change in accepted:
        if change.kind in PLACING:
            placed[outline.place_of(change)].append(change)
    for changes in placed.values():
        origins: dict[str, set[str]] = defaultdict(set)
        for change in changes:
            origins[change.key].add(change.origin)
        if not form_chain(origins.values()):
            yield Contest(ConflictKind.ORDER, changes[0].key, tuple(changes))


def _join(contests: Iterable[Contest]) -> list[Contest]:
    """Return the contests, those that share a change joined under the name of the first."""
    group_of: dict[str, list[Contest]] = {}
    groups: dict[int, list[Contest]] = {}
    for contest in contests:
        others = {id(group): group for side in contest.sides if (group := group_of.get(side.source))}
        joined = [*(each for group in others.values() for each in group), contest]
        for number in others:
            del groups[number]
        groups[id(joined)] = joined
        group_of.update((side.source, joined) for each in joined for side in each.sides)
    return [
        Contest(group[0].kind, group[0].key, tuple(dict.fromkeys(side for each in group for side in each.sides)))
        for group in groups.values()
    ]


def find_rivals(outline: TextTree, standing: Sequence[Accepted]) -> list[str]:
    """Return the sources of changes that still exclude each other, sorted; several at one place need only an order.

    A deletion is given for every provision that goes with it.
    """
    deletions = {change.key: change for change in standing if change.kind == AmendmentKind.DELETE}
    rivals = {side.source for contest in _find_moves(outline, standing) for side in contest.sides}
    for change in standing:
        if change.kind != AmendmentKind.DELETE:
            for key in (change.key, change.after):
                if deletion := deletions.get(key or ""):
                    rivals |= {change.source, deletion.source}
    return sorted(rivals)


def spread_deletions(outline: TextTree, accepted: Iterable[Accepted]) -> list[Accepted]:
    """Return the changes, with the deletion of a section once for every provision in it."""
    spread = []
    for change in accepted:
        if change.kind != AmendmentKind.DELETE:
            spread.append(change)
            continue
        for key in outline.section_of(change.key):
            words = outline.provisions[key].text if key in outline.provisions else ""
            spread.append(change._replace(key=key, hunks=(Hunk(0, len(words), ""),)))
    return spread
