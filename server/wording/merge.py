"""Many changes to one text at once: what they agree on, and where they compete.

Delegations must be able to disagree, so competing changes are an answer and not an error.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from server.wording.hunks import Hunk, apply_hunks, in_order
from server.wording.redline import Attributed


class Change(NamedTuple):
    """What one source (the caller's name for a proposal, comment or party) wants: its hunks on the base text."""

    source: str
    hunks: tuple[Hunk, ...]


class Conflict(NamedTuple):
    """Hunks that cannot stand together, linked hunk by hunk, and the base range they cover, in code points.

    `changes` holds for each source, sorted by name, only the hunks it has in this conflict. Two sources with equal
    hunks here are on the same side.
    """

    start: int
    end: int
    changes: tuple[Change, ...]


class Merge(NamedTuple):
    """The text with everything that conflicts with nothing, those hunks in text order, and the conflicts."""

    text: str
    applied: tuple[Attributed, ...]
    conflicts: tuple[Conflict, ...]


def merge(base: str, changes: Iterable[Change]) -> Merge:
    """Apply the changes of any number of sources to `base`, as far as they do not compete.

    Two hunks of different sources conflict when they differ and their base ranges overlap, or both insert at one
    point. Equal hunks concur: applied once, with the names of all their sources. Ranges that only touch do not
    conflict. Conflicts that share a hunk are one conflict.

    Only the competing hunks are held back: the other hunks of the same source are applied, so a change may stand
    in the text in part. A caller that treats a change as one whole must look for its source in `conflicts`.

    The order of `changes` makes no difference. The time is that of sorting all hunks. Raises ValueError if a source
    is named twice, and if the hunks of one source leave the text or overlap one another.
    """
    sources_of = _sources_of(base, changes)
    applied, conflicts = [], []
    for group in _groups(sorted(sources_of)):
        if len(group) == 1:
            applied.append(Attributed(group[0], tuple(sorted(sources_of[group[0]]))))
        else:
            conflicts.append(_conflict_of(group, sources_of))
    text = apply_hunks(base, (change.hunk for change in applied))
    return Merge(text, tuple(applied), tuple(conflicts))


def _sources_of(base: str, changes: Iterable[Change]) -> dict[Hunk, list[str]]:
    """Every different hunk with the sources that ask for it."""
    named: set[str] = set()
    sources_of: dict[Hunk, list[str]] = {}
    for source, hunks in changes:
        if source in named:
            raise ValueError(f"source {source!r} has two changes")
        named.add(source)
        for hunk in in_order(base, hunks):
            sources_of.setdefault(hunk, []).append(source)
    return sources_of


def _groups(ordered: list[Hunk]) -> Iterator[list[Hunk]]:
    """Sorted different hunks, cut wherever nothing before competes with anything after."""
    # One sweep is enough: an insertion sorts before a replacement that starts at the same point, so whatever reaches
    # beyond `start` began before it. Hunks of one source never overlap, so competitors always differ in source.
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
    """The conflict between the hunks of one group."""
    wanted: dict[str, list[Hunk]] = {}
    for hunk in group:
        for source in sources_of[hunk]:
            wanted.setdefault(source, []).append(hunk)
    sides = tuple(Change(source, tuple(hunks)) for source, hunks in sorted(wanted.items()))
    return Conflict(group[0].start, max(hunk.end for hunk in group), sides)
