"""Print the drafting history of a provision as Markdown. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from server.vocabulary.texts import ProvisionChange
from server.wording.redline import RunKind

_SIGNS = {RunKind.KEEP: "", RunKind.INSERT: "**", RunKind.DELETE: "~~"}
# An underscore inside a word means nothing in Markdown, and an ampersand only before the name of a character.
_SPECIAL = re.compile(r"([\\`*~<>#\[\]]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;))")


class Cause(NamedTuple):
    """A change behind a stage: what it does, who asked for it by what, and the decision; empty where it is not told."""

    kind: str
    party: str
    source: str
    decision: str
    reason: str


class PrintedStage(NamedTuple):
    """A provision in one version: a title, the number printed, what became of it, its words in runs, and why."""

    title: str
    printed_number: str
    change: ProvisionChange
    runs: Sequence[tuple[RunKind, str]]
    causes: Sequence[Cause]


def print_history(title: str, stages: Sequence[PrintedStage], runs: Sequence[tuple[RunKind, str]]) -> str:
    """Return the history as Markdown: a heading for each stage, its words as a quotation, and a list of causes.

    After several stages, `runs` show all changes since the first one together.

    Struck words stand between `~~` and added ones between `**`, each without the white space around them; words of a
    provision that is new as a whole stand without marks. Characters that mean something in Markdown are escaped.
    """
    lines = [f"# {_escape(title)}"]
    for stage in stages:
        lines += ["", f"## {_escape(stage.title)}", "", f"{stage.change.capitalize()}.", ""]
        is_new = stage.change == ProvisionChange.INSERTED
        words = "".join(_mark(RunKind.KEEP if is_new else kind, text) for kind, text in stage.runs)
        lines += _quote(f"{_escape(stage.printed_number)} {words}" if stage.printed_number else words)
        if stage.causes:
            lines += ["", *(f"- {_describe(cause)}" for cause in stage.causes)]
    if len(stages) > 1:
        lines += ["", "## All changes together", "", *_quote("".join(_mark(*run) for run in runs))]
    return "\n".join(lines) + "\n"


def _quote(words: str) -> list[str]:
    """Return the lines of a quotation."""
    return [f"> {line}".rstrip() for line in words.splitlines() or [""]]


def _mark(kind: RunKind, text: str) -> str:
    """Return the words of a run between the signs of its kind, line by line."""
    if kind is RunKind.DELETE and not text.strip():
        return ""  # struck white space would only look like white space that stands
    return "".join(_mark_line(_SIGNS[kind], line) for line in text.splitlines(keepends=True))


def _mark_line(sign: str, line: str) -> str:
    """Return the words of a line between signs, white space outside them; a line without words has no signs."""
    words = line.strip()
    if not words:
        return line
    before, _, after = line.partition(words)
    return f"{before}{sign}{_escape(words)}{sign}{after}"


def _describe(cause: Cause) -> str:
    """Return a cause as one line."""
    return _escape(" ".join("; ".join(_list_parts(cause)).split()))


def _list_parts(cause: Cause) -> Iterator[str]:
    """Yield what is told of a cause."""
    yield cause.kind.capitalize()
    if cause.party or cause.source:
        yield " ".join(filter(None, (cause.party, cause.source)))
    if cause.decision:
        yield f"decision {cause.decision}"
    if cause.reason:
        yield cause.reason


def _escape(text: str) -> str:
    """Return the text with a backslash before every character that means something in Markdown."""
    return _SPECIAL.sub(r"\\\1", text)
