"""Apply many changes to one text at once, and find where they compete.

Delegations must be able to disagree, so competing changes are a result and not an error.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from server.wording.hunks import Hunk, apply_hunks, sort_hunks
from server.wording.redline import Attributed


class Change(NamedTuple):
    """The hunks on the base text that one source asks for. `source` is the caller's name of a proposal or comment."""

    source: str
    hunks: tuple[Hunk, ...]


class Conflict(NamedTuple):
    """Hunks that cannot stand together, and the range of the base text that they cover, in code points.

    Each hunk competes with at least one other of them. `changes` holds for each source, sorted by name, only its hunks
    in this conflict. Two sources with equal hunks here are on the same side.
    """

    start: int
    end: int
    changes: tuple[Change, ...]


class Merge(NamedTuple):
    """The text with all hunks that do not compete, these hunks in text order, and the conflicts."""

    text: str
    applied: tuple[Attributed, ...]
    conflicts: tuple[Conflict, ...]


def merge(base: str, changes: Iterable[Change]) -> Merge:
    """Apply the changes of any number of sources to `base`, as far as they do not compete.

    Two hunks of different sources conflict if they differ and their base ranges overlap, or if both insert at one
    point. Equal hunks are applied once, with the names of all their sources. Ranges that only touch do not conflict.
    Conflicts that share a hunk are one conflict.
    Only the competing hunks are left out: the other hunks of the same source are applied, so a change may be applied in
    part. A caller that treats a change as a whole must look for its source in `conflicts`.
    The order of `changes` makes no difference. The time is that of sorting all hunks. Raise ValueError if a source is
    named twice, and if the hunks of one source leave the text or overlap one another.
    """
    sources_of = _sources_of(base, changes)
    applied, conflicts = [], []
    for group in _group_competing(sorted(sources_of)):
        if len(group) == 1:
            applied.append(Attributed(group[0], tuple(sorted(sources_of[group[0]]))))
        else:
            conflicts.append(_conflict_of(group, sources_of))
    text = apply_hunks(base, (change.hunk for change in applied))
    return Merge(text, tuple(applied), tuple(conflicts))


def _sources_of(base: str, changes: Iterable[Change]) -> dict[Hunk, list[str]]:
    """Return every different hunk with the sources that ask for it."""
    sources: set[str] = set()
    sources_of: dict[Hunk, list[str]] = {}
    for source, hunks in changes:
        if source in sources:
            raise ValueError(f"source {source!r} has two changes")
        sources.add(source)
        for hunk in sort_hunks(base, hunks):
            sources_of.setdefault(hunk, []).append(source)
    return sources_of


def _group_competing(ordered: list[Hunk]) -> Iterator[list[Hunk]]:
    """Yield the sorted hunks in groups: no hunk of one group competes with a hunk of another."""
    # One sweep is enough: an insertion sorts before a replacement that starts at the same point, so every hunk that
    # reaches beyond `start` began before it. Hunks of one source never overlap, so competitors differ in source.
    group: list[Hunk] = []
    reach = 0
    for hunk in ordered:
        if group and hunk.start >= reach and hunk[:2] != group[-1][:2]:
            yield group
            group, reach = [], 0
        group.append(hunk)
        reach = max(reach, hunk.end)
    if group:
        yield group


def _conflict_of(group: list[Hunk], sources_of: Mapping[Hunk, list[str]]) -> Conflict:
    """Return the conflict between the hunks of one group."""
    hunks_of: dict[str, list[Hunk]] = {}
    for hunk in group:
        for source in sources_of[hunk]:
            hunks_of.setdefault(source, []).append(hunk)
    sides = tuple(Change(source, tuple(hunks)) for source, hunks in sorted(hunks_of.items()))
    return Conflict(group[0].start, max(hunk.end for hunk in group), sides)
