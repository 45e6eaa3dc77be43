"""Show changes as people read them: struck and added words with their sources, and sentences for screen readers."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from server.wording.hunks import Hunk, hunks_between, sort_hunks
from server.wording.letters import UNSPACED
from server.wording.tokens import pieces, tokens

_MANY = 3  # words that a change has at least, to swallow a single word between it and the next
_CHARACTER = re.compile(f"[{UNSPACED}]")
_WORDS_BEFORE = 4  # words quoted to say where something is inserted
_SPACES = {
    " ": "a space",
    "\u00a0": "a no-break space",
    "\u202f": "a narrow no-break space",
    "\t": "a tab",
    "\n": "a line break",
}


class RunKind(StrEnum):
    """What happened to the words of a run."""

    KEEP = "KEEP"
    """The words stand before and after."""
    INSERT = "INSERT"
    """The words stand only after."""
    DELETE = "DELETE"
    """The words stand only before."""


class Run(NamedTuple):
    """Words that are kept, inserted or deleted together. `sources` names who asked for it, sorted; empty for KEEP."""

    kind: RunKind
    text: str
    sources: tuple[str, ...]


class Attributed(NamedTuple):
    """A hunk and the sources that ask for exactly this hunk, sorted: the caller's names of proposals or comments."""

    hunk: Hunk
    sources: tuple[str, ...]


def redline(base: str, attributed: Iterable[Attributed]) -> tuple[Run, ...]:
    """Show the changes inside the text: runs in reading order, struck words before the words that replace them.

    KEEP and DELETE runs joined give `base`; KEEP and INSERT runs joined give the new text. No run is empty.
    The hunks may come in any order. Raise ValueError if they overlap or leave the text, as `apply_hunks` does.
    """
    ordered = sorted(attributed)
    sort_hunks(base, (change.hunk for change in ordered))
    runs = []
    position = 0
    for hunk, sources in ordered:
        runs.append(Run(RunKind.KEEP, base[position : hunk.start], ()))
        runs.append(Run(RunKind.DELETE, base[hunk.start : hunk.end], sources))
        runs.append(Run(RunKind.INSERT, hunk.replacement, sources))
        position = hunk.end
    runs.append(Run(RunKind.KEEP, base[position:], ()))
    return tuple(run for run in runs if run.text)


def exact_runs_between(before: str, after: str) -> tuple[Run, ...]:
    """Return two texts as one redline without sources, with every change as it is."""
    return redline(before, [Attributed(hunk, ()) for hunk in hunks_between(before, after)])


def runs_between(before: str, after: str) -> tuple[Run, ...]:
    """Return two texts as one redline without sources, with changes joined where that is easier to read."""
    return redline(before, join_for_reading(before, [Attributed(hunk, ()) for hunk in hunks_between(before, after)]))


def narrow(base: str, change: Attributed) -> list[Attributed]:
    """Return the change in the parts that differ, each with its sources, for a hunk that was recorded too wide.

    Applied together, the parts give the same text.
    """
    (start, end, replacement), sources = change
    return [
        Attributed(Hunk(start + first, start + last, words), sources)
        for first, last, words in hunks_between(base[start:end], replacement)
    ]


class _Measured(NamedTuple):
    """A change with the number of words that it strikes and adds."""

    change: Attributed
    struck: int
    added: int


def join_for_reading(base: str, attributed: Iterable[Attributed]) -> list[Attributed]:
    """Return the changes in text order, joined where what is kept between two of them does not help a reader.

    Two changes of the same sources are joined over marks and at most one word, if both change at least three words;
    and over characters of a script without spaces, if both change at least as many. Applied, they give the same text.
    """
    joined: list[_Measured] = []
    for change in sorted(attributed):
        (start, end, replacement), sources = change
        measured = _Measured(change, len(_words_of(base[start:end])), len(_words_of(replacement)))
        while joined and joined[-1].change.sources == sources:
            previous = joined[-1]
            between = base[previous.change.hunk.end : measured.change.hunk.start]
            words = _words_of(between)
            if not _is_negligible(words, previous, measured):
                break
            joined.pop()
            hunk = Hunk(
                previous.change.hunk.start,
                end,
                previous.change.hunk.replacement + between + measured.change.hunk.replacement,
            )
            struck, added = previous.struck + measured.struck, previous.added + measured.added
            measured = _Measured(Attributed(hunk, sources), struck + len(words), added + len(words))
        joined.append(measured)
    return [each.change for each in joined]


def _is_negligible(kept: Sequence[str], before: _Measured, after: _Measured) -> bool:
    """Return whether the words kept between two changes do not help a reader."""
    fewest = min(max(each.struck, each.added) for each in (before, after))
    if kept and all(map(_CHARACTER.match, kept)):
        return len(kept) <= fewest
    return len(kept) <= 1 and fewest >= _MANY


def _words_of(text: str) -> list[str]:
    """Return the words of a text, without white space and marks."""
    return [piece for piece in pieces(text) if any(map(str.isalnum, piece))]


def sentence_of(base: str, hunk: Hunk) -> str:
    """Say one change in plain words, for people who cannot see struck and coloured text.

    `replace “should” by “shall”`, `insert “not” after “Members shall”` (up to four words before it, or `at the
    beginning`), `delete “promptly”`, `change nothing`. White space around the words is left out, unless white space is
    all that changes: then it is named. Raise ValueError if the hunk leaves the text.
    """
    sort_hunks(base, (hunk,))
    old, new = base[hunk.start : hunk.end], hunk.replacement
    if old == new:
        return "change nothing"
    if not new:
        return f"delete {_quote(old)}"
    if not old:
        before = "".join(tokens(base[: hunk.start])[-_WORDS_BEFORE:]).strip()
        return f"insert {_quote(new)} " + (f"after “{before}”" if before else "at the beginning")
    if old.strip() and old.strip() == new.strip():
        return f"replace “{old}” by “{new}”"
    return f"replace {_quote(old)} by {_quote(new)}"


def _quote(text: str) -> str:
    """Return the words in quotation marks; of a text that is only white space, return its name."""
    if words := text.strip():
        return f"“{words}”"
    return _SPACES.get(text, "white space")
