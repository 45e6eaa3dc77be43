"""Follow words through several layers of changes: what was struck and added since, and who wrote what stands now."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from server.wording.hunks import Hunk, apply_hunks, hunks_between, sort_hunks
from server.wording.redline import Attributed, Run, RunKind


class Version(NamedTuple):
    """The words of one version, and the changes recorded for it: hunks on the words of the version before.

    `name` is the caller's name of the version, never empty; `text` is empty where the provision does not stand.
    """

    name: str
    text: str
    changes: tuple[Attributed, ...] = ()


class Blamed(NamedTuple):
    """Words of the last version that came in together, and their place there in code points; `end` is exclusive.

    `version` is the version in which they came in. `sources` asked for them: none for words of the first version, and
    for words that no recorded change explains.
    """

    text: str
    start: int
    end: int
    version: str
    sources: tuple[str, ...]


def trace(base: str, layers: Sequence[Sequence[Attributed]]) -> tuple[Run, ...]:
    """Show the changes of several layers inside the base text; each layer is on the text that the one before gives.

    KEEP and DELETE runs joined give `base`, KEEP and INSERT runs the last text. Struck words of the base stay where
    they stood, with the sources that struck them; words that one layer adds and a later one strikes disappear. One
    layer gives what `redline` gives; from the second on, neighbours of one kind and the same sources are joined.
    The time of a layer grows with its hunks and the runs before it. Raise ValueError as `redline` does.
    """
    runs: tuple[Run, ...] = (Run(RunKind.KEEP, base, ()),) if base else ()
    for place, layer in enumerate(filter(None, layers)):
        ordered = sorted(layer)
        sort_hunks(_join_text(runs), (change.hunk for change in ordered))
        applied = _apply(runs, ordered)
        runs = _join(applied) if place else tuple(applied)
    return runs


def blame(versions: Sequence[Version]) -> tuple[Blamed, ...]:
    """Return every run of words of the last version with the version and the sources that wrote it.

    Words that a change strikes and writes again in the same place stay whose they were. Where the recorded changes of a
    version do not make its words, words that stood before stay whose they were, and those that no recorded change wrote
    are the version's own. Recorded changes that cannot be applied to the words before explain nothing.
    The time grows with the square of the words that one change, or an unexplained version, replaces.
    """
    runs: tuple[Run, ...] = ()
    # Every run is an INSERT that carries the name of its version before its sources, so that struck words disappear.
    for place, version in enumerate(versions):
        runs = _join(_write_version(runs, version) if place else [Run(RunKind.INSERT, version.text, (version.name,))])
    ends = accumulate(len(run.text) for run in runs)
    places = zip(runs, pairwise((0, *ends)), strict=True)
    return tuple(Blamed(run.text, start, end, run.sources[0], run.sources[1:]) for run, (start, end) in places)


def _write_version(runs: tuple[Run, ...], version: Version) -> Iterable[Run]:
    """Return the runs of the version that follows the version of `runs`."""
    before = _join_text(runs)
    ordered = sorted(version.changes)
    try:
        explained_text = apply_hunks(before, (change.hunk for change in ordered))
    except ValueError:
        ordered, explained_text = [], before
    refined = [
        Attributed(hunk, (version.name, *sources)) for whole, sources in ordered for hunk in _refine(before, whole)
    ]
    explained = _apply(runs, refined)
    if explained_text == version.text:
        return explained
    own = (version.name,)
    attributed = _apply(explained, _attribute(hunks_between(explained_text, version.text), own))
    # The comparison with the words before says what never changed, the other one whose the changed words are.
    lasting = _apply(runs, _attribute(hunks_between(before, version.text), ()))
    return _fill(tuple(lasting), tuple(attributed))


def _refine(base: str, hunk: Hunk) -> Iterator[Hunk]:
    """Yield the hunks that change only what differs between the struck and the new words of a hunk."""
    for start, end, replacement in hunks_between(base[hunk.start : hunk.end], hunk.replacement):
        yield Hunk(hunk.start + start, hunk.start + end, replacement)


def _attribute(hunks: Iterable[Hunk], sources: tuple[str, ...]) -> list[Attributed]:
    """Return hunks with the same sources for all of them."""
    return [Attributed(hunk, sources) for hunk in hunks]


def _fill(runs: tuple[Run, ...], others: tuple[Run, ...]) -> Iterator[Run]:
    """Yield the runs; words without sources come from `others`, which are runs of the same text."""
    edges = sorted({edge for side in (runs, others) for edge in accumulate(len(run.text) for run in side)})
    for (_, run), (_, other) in zip(_cut(runs, edges), _cut(others, edges), strict=True):
        yield run if run.sources else other


def _apply(runs: Iterable[Run], layer: Sequence[Attributed]) -> Iterator[Run]:
    """Yield the runs after the sorted hunks of a layer on the text that KEEP and INSERT runs give."""
    edges = sorted({edge for change in layer for edge in change.hunk[:2]})
    changes = iter(layer)
    change = next(changes, None)
    for offset, run in _cut(runs, edges):
        is_struck = run.kind is RunKind.DELETE
        while change and _is_written(change, offset, behind_struck=not is_struck):
            yield from _added(change)
            change = next(changes, None)
        if is_struck or change is None or offset < change.hunk.start:
            yield run
        elif run.kind is RunKind.KEEP:
            yield Run(RunKind.DELETE, run.text, change.sources)
    while change:
        yield from _added(change)
        change = next(changes, None)


def _is_written(change: Attributed, offset: int, *, behind_struck: bool) -> bool:
    """Return whether the words that a change adds come before the run at an offset.

    Words inserted at a point go behind the words that were struck there before, a replacement directly behind its own.
    """
    start, end, _ = change.hunk
    return end < offset or (end == offset and (behind_struck or start < end))


def _added(change: Attributed) -> Iterator[Run]:
    """Yield the run of the words that a change adds, if there are any."""
    if change.hunk.replacement:
        yield Run(RunKind.INSERT, change.hunk.replacement, change.sources)


def _cut(runs: Iterable[Run], edges: Sequence[int]) -> Iterator[tuple[int, Run]]:
    """Yield the runs, cut at the sorted offsets `edges` of their text, each with its own offset in the text.

    DELETE runs are not part of the text: they have no length in it and are never cut.
    """
    offset = place = 0
    for run in runs:
        if run.kind is RunKind.DELETE:
            yield offset, run
            continue
        begin, end = offset, offset + len(run.text)
        while place < len(edges) and edges[place] < end:
            if edges[place] > offset:
                yield offset, run._replace(text=run.text[offset - begin : edges[place] - begin])
                offset = edges[place]
            place += 1
        yield offset, run._replace(text=run.text[offset - begin :])
        offset = end


def _join(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of one kind and the same sources joined, and none that is empty."""
    words = (run for run in runs if run.text)
    alike = groupby(words, key=lambda run: (run.kind, run.sources))
    return tuple(Run(kind, "".join(run.text for run in group), sources) for (kind, sources), group in alike)


def _join_text(runs: Iterable[Run]) -> str:
    """Return the text that the KEEP and INSERT runs give."""
    return "".join(run.text for run in runs if run.kind is not RunKind.DELETE)
