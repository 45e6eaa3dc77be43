"""Apply many changes to one text at once, and find where they compete.

Delegations must be able to disagree, so competing changes are a result and not an error.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from server.wording.hunks import Hunk, apply_hunks, is_unspaced, sort_hunks
from server.wording.redline import Attributed
from server.wording.tokens import tokens


class Change(NamedTuple):
    """The hunks on the base text that one source asks for. `source` is the caller's name of a proposal or comment."""

    source: str
    hunks: tuple[Hunk, ...]


class Conflict(NamedTuple):
    """Hunks that cannot stand together, and the range of the base text that they cover, in code points.

    No unchanged word stands between one of them and the next. `changes` holds for each source, sorted by name, only its
    hunks in this conflict. Two sources with equal hunks here are on the same side.
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

    Hunks of different sources are neighbours if no unchanged word stands between them. Neighbours conflict unless they
    are equal, or some sources ask for all that the others ask for and for more. Equal hunks are applied once, with the
    names of all their sources.
    Only the competing hunks are left out: the other hunks of the same source are applied, so a change may be applied in
    part. A caller that treats a change as a whole must look for its source in `conflicts`.
    The order of `changes` makes no difference. The time is that of sorting all hunks. Raise ValueError if a source is
    named twice, and if the hunks of one source leave the text or overlap one another.
    """
    sources_of = _sources_of(base, changes)
    applied, conflicts = [], []
    for group in _group_neighbours(base, sorted(sources_of)):
        if form_chain(sources_of[hunk] for hunk in group):
            applied += [Attributed(hunk, tuple(sorted(sources_of[hunk]))) for hunk in group]
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


def _group_neighbours(base: str, ordered: Sequence[Hunk]) -> Iterator[list[Hunk]]:
    """Yield the sorted hunks in groups, with an unchanged word between one group and the next."""
    starts, ends = _spans_of_words(base)
    group: list[Hunk] = []
    reach = 0
    for hunk in ordered:
        word = bisect_left(starts, reach)
        if group and word < len(ends) and ends[word] <= hunk.start:
            yield group
            group = []
        group.append(hunk)
        reach = max(reach, hunk.end)
    if group:
        yield group


@lru_cache(maxsize=16)  # one text is merged again and again while the changes of it are compared in pairs
def _spans_of_words(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where the words of a text start and where they end, without the white space after them.

    Punctuation is no word: two changes with only a comma between them would be read as one. Where a script puts no
    spaces, one character can be half of a word: there two side by side count as one, at every place.
    """
    starts: list[int] = []
    ends: list[int] = []
    offset = 0
    for token, following in pairwise([*tokens(text), ""]):
        word = token.rstrip()
        end = offset + len(word)
        # A blank after the character ends its run.
        if is_unspaced(token) and is_unspaced(following.rstrip()):
            end += len(following.rstrip())
        is_end_of_word = is_unspaced(word) and bool(ends) and ends[-1] == end
        if any(map(str.isalnum, word)) and not is_end_of_word:
            starts.append(offset)
            ends.append(end)
        offset += len(token)
    return tuple(starts), tuple(ends)


def form_chain(askers: Iterable[Collection[str]]) -> bool:
    """Return whether changes at one place, each with the sources that ask for it, can all stand.

    They can if the sources form a chain: those who ask for fewer changes ask for none that the others do not.
    """
    chain = sorted((set(sources) for sources in askers), key=len)
    return all(map(set.issubset, chain, chain[1:]))


def _conflict_of(group: list[Hunk], sources_of: Mapping[Hunk, list[str]]) -> Conflict:
    """Return the conflict between the hunks of one group."""
    hunks_of: dict[str, list[Hunk]] = {}
    for hunk in group:
        for source in sources_of[hunk]:
            hunks_of.setdefault(source, []).append(hunk)
    sides = tuple(Change(source, tuple(hunks)) for source, hunks in sorted(hunks_of.items()))
    return Conflict(group[0].start, max(hunk.end for hunk in group), sides)
