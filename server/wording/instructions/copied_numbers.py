"""Tell the number that is copied along at the beginning of new words from the words: `“3a. A pilot rests.”`."""

import re
from collections.abc import Iterator, Sequence

from server.wording.instructions.edits import QuestionCode, Unclear
from server.wording.labels import NumberLabel, print_core, print_label, readings_of

_FIRST = re.compile(r"\s*((?:[^\W\d_]{1,20} (?=\S*\d))?\S{1,12}(?: (?:bis|ter|quater|quinquies)(?!\w)\S?)?)\s+(?=\S)")


def take_numbers(
    quoted: Sequence[str], beside: NumberLabel | None, announced: NumberLabel | None = None
) -> Iterator[str]:
    """Yield the words of new provisions without the number that each begins with.

    `beside` is the number of the provision after which they stand, `announced` the one that the instruction gives.
    Raise `Unclear` where a number is neither that nor the one that follows, and where another line has one as well.
    """
    for words in quoted:
        check_lines(words, beside)
        match = _FIRST.match(words)
        labels = _labels_like(match[1], beside) if match and beside else []
        if match is None or beside is None or not labels:
            yield words
            continue
        expected = [label for label in labels if _is_next(label, beside, announced)]
        if not expected:
            raise Unclear(QuestionCode.NUMBER_FOLLOWS, match[1])
        yield words[match.end() :]
        beside, announced = expected[0], None


def check_lines(words: str, beside: NumberLabel | None) -> None:
    """Raise `Unclear` if a line after the first begins with a number like that of a provision: they are several."""
    for line in words.lstrip().split("\n")[1:]:
        match = _FIRST.match(line)
        if beside and match and _labels_like(match[1], beside):
            raise Unclear(QuestionCode.SORT_UNCLEAR, line.strip())


def follows(label: NumberLabel, beside: NumberLabel) -> bool:
    """Return whether a number can stand right after another one: 4 and 3a after 3, 3b after 3a."""
    values, suffixes = _values(label)
    before, marks = _values(beside)
    if values == (*before[:-1], before[-1] + 1):
        return not suffixes
    return values == before and suffixes in ((*marks[:-1], marks[-1] + 1) if marks else (), (*marks, 1))


def may_be_numbered(words: str) -> bool:
    """Return whether words, or a line of them, begin with what can be a number."""
    matches = (_FIRST.match(line) for line in words.split("\n"))
    return any(match and readings_of(match[1]) for match in matches)


def print_next(beside: NumberLabel) -> str:
    """Return the number after another one, printed as that one."""
    *before, last = beside.steps
    return print_label(beside._replace(steps=(*before, last._replace(value=last.value + 1)), suffixes=()))


def read_announced(label: NumberLabel, beside: NumberLabel) -> bool:
    """Return whether a number that an instruction announces can stand after a provision, however it is read."""
    return any(follows(reading, beside) for reading in readings_of(print_core(label)))


def _labels_like(printed: str, beside: NumberLabel) -> list[NumberLabel]:
    """Return the readings of a number that is printed as another one is."""
    shape = beside.steps[-1].style, len(beside.steps), beside.before, beside.after
    return [
        label
        for label in readings_of(printed)
        if (label.steps[-1].style, len(label.steps), label.before, label.after) == shape
    ]


def _is_next(label: NumberLabel, beside: NumberLabel, announced: NumberLabel | None) -> bool:
    """Return whether a number is the one that is announced, or else one that can follow."""
    if announced is None:
        return follows(label, beside)
    return any(_values(reading) == _values(label) for reading in readings_of(print_core(announced)))


def _values(label: NumberLabel) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(step.value for step in label.steps), tuple(suffix.value for suffix in label.suffixes)
