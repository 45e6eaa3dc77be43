"""Hold plain words together with the marks that set some of them off: bold, italics, underlined, code.

While inline markdown and HTML are read, a mark is a pair of noncharacters of Unicode inside the text. ``settle`` takes
them out again and gives the places where they stood.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from server.vocabulary.texts import MarkKind
from server.wording.anchors import Anchor, AnchorState, carry

SIGNS = {
    MarkKind.BOLD: ("\ufdd0", "\ufdd1"),
    MarkKind.ITALIC: ("\ufdd2", "\ufdd3"),
    MarkKind.UNDERLINE: ("\ufdd4", "\ufdd5"),
    MarkKind.CODE: ("\ufdd6", "\ufdd7"),
}
"""The noncharacters that open and close each mark."""

RAISED = ("\ufdd8", "\ufdd9")
"""The noncharacters around a superscript number, until it is known whether it is the mark of a footnote."""

_OPENING = {signs[0]: kind for kind, signs in SIGNS.items()}
_CLOSING = {signs[1]: kind for kind, signs in SIGNS.items()}
_SIGN = re.compile("[\ufdd0-\ufdd7]")
NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
_RAISED = re.compile("\ufdd8([^\ufdd9]*)\ufdd9")
_NUMBER = re.compile(r"\s*([0-9]{1,3})\s*")
_UNIT = re.compile(r"\d\s?(?:k|c|m|d|h|da)?(?:m|g|s|l|ft|in|yd)$")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_LAYOUT = re.compile(r"[ \u00a0\u202f]{2,}")
_HYPHEN_BREAK = re.compile(r"(?<=[^\s-]-)[ \t]*\n[ \t]*(?=\S)")


class TextMark(NamedTuple):
    """A mark on [start, end) of a text, in code points."""

    start: int
    end: int
    kind: MarkKind


class MarkedText(NamedTuple):
    """Plain text on one line, and its marks in the order of their beginnings."""

    text: str
    marks: tuple[TextMark, ...] = ()

    def rest_from(self, start: int) -> "MarkedText":
        """Return the words from an offset on."""
        return self.cut(start, len(self.text))

    def cut(self, start: int, end: int) -> "MarkedText":
        """Return the words of [start, end), with what lies inside of every mark."""
        inside = (TextMark(max(m.start, start) - start, min(m.end, end) - start, m.kind) for m in self.marks)
        return MarkedText(self.text[start:end], tuple(mark for mark in inside if mark.start < mark.end))


def join_lines(text: str) -> str:
    """Return the text on one line with single spaces; a line end after a hyphen is removed without a space.

    No-break spaces, and every other space than those of a typewriter, stay as they are printed; a row of them, which
    only moves words to the right, counts as one.
    """
    return _LAYOUT.sub(_narrow, _BLANKS.sub(" ", _HYPHEN_BREAK.sub("", text))).strip(" ")


def _narrow(match: re.Match[str]) -> str:
    return " " if " " in match[0] else match[0][0]


def settle(text: str, notes: Collection[str] = ()) -> MarkedText:
    """Return the words of a text that holds noncharacters for its marks; `notes` are the numbers of the footnotes."""
    if RAISED[0] in text:
        text = _RAISED.sub(lambda match: _print_raised(match, notes), text)
    text = text.replace(RAISED[0], "").replace(RAISED[1], "")
    if not _SIGN.search(text):
        return MarkedText(join_lines(text).strip())
    return _take_marks(_join_around_signs(text))


def _print_raised(match: re.Match[str], notes: Collection[str]) -> str:
    """Return a superscript as the mark of a footnote, ``[1]``, if there is such a footnote, or else as ``^1``."""
    number = _NUMBER.fullmatch(match[1])
    before = _SIGN.sub("", match.string[max(0, match.start() - 12) : match.start()])
    if number and (
        not before.strip() or (number[1] in notes and not before[-1:].isdigit() and not _UNIT.search(before))
    ):
        return f"[{number[1]}]"
    return f"^{match[1].strip()}"


def _join_around_signs(text: str) -> str:
    """Join the lines of a text with signs, so that no space doubles around a sign."""
    text = re.sub("-([\ufdd0-\ufdd7]*)[ \t]*\n[ \t]*(?=[\ufdd0-\ufdd7]*[^\\s\ufdd0-\ufdd7])", _mend_hyphen, text)
    pieces: list[str] = []
    has_blank = True
    for piece in re.split("([ \t\n\r\f\v]+|[\ufdd0-\ufdd7])", text):
        if not piece:
            continue
        if piece[0] in " \t\n\r\f\v":
            if not has_blank:
                pieces.append(" ")
            has_blank = True
        else:
            pieces.append(piece)
            has_blank = has_blank if _SIGN.match(piece) else False
    return _LAYOUT.sub(_narrow, "".join(pieces))


def _mend_hyphen(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    return f"-{match[1]}" if before.strip() and before != "-" else match[0]


def _take_marks(text: str) -> MarkedText:
    pieces: list[str] = []
    marks: list[TextMark] = []
    open_at: dict[MarkKind, list[int]] = {}
    length = 0
    for piece in re.split("([\ufdd0-\ufdd7])", text):
        if kind := _OPENING.get(piece):
            open_at.setdefault(kind, []).append(length)
        elif kind := _CLOSING.get(piece):
            if starts := open_at.get(kind):
                marks.append(TextMark(starts.pop(), length, kind))
        else:
            pieces.append(piece)
            length += len(piece)
    plain = "".join(pieces)
    return _trim(MarkedText(plain, _merge(plain, marks)))


def _merge(text: str, marks: Sequence[TextMark]) -> tuple[TextMark, ...]:
    """Return the marks without blanks at their ends; those without words and those inside an equal one are left out."""
    trimmed = []
    for start, end, kind in marks:
        words = text[start:end]
        if words.strip():
            lead, tail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
            trimmed.append(TextMark(start + lead, end - tail, kind))
    merged: list[TextMark] = []
    last: dict[MarkKind, int] = {}
    for mark in sorted(trimmed, key=lambda mark: (mark.start, -mark.end)):
        at = last.get(mark.kind)
        if at is not None and mark.start <= merged[at].end:
            merged[at] = merged[at]._replace(end=max(mark.end, merged[at].end))
        else:
            last[mark.kind] = len(merged)
            merged.append(mark)
    return tuple(merged)


def _trim(words: MarkedText) -> MarkedText:
    text = words.text
    return words.cut(len(text) - len(text.lstrip()), len(text.rstrip()))


def join_words(parts: Sequence[MarkedText], separator: str) -> MarkedText:
    """Return several words as one, with a separator between them."""
    marks: list[TextMark] = []
    offset = 0
    for part in parts:
        marks += [TextMark(mark.start + offset, mark.end + offset, mark.kind) for mark in part.marks]
        offset += len(part.text) + len(separator)
    return MarkedText(separator.join(part.text for part in parts), tuple(marks))


def carry_marks(marks: Sequence[TextMark], old_text: str, new_text: str) -> list[TextMark]:
    """Return the marks that still stand in other words for a text: those on words that no change reaches into."""
    if old_text == new_text:
        return list(marks)
    carried = [(mark.kind, carry(Anchor(mark.start, mark.end), old_text, new_text)) for mark in marks]
    return [
        TextMark(*place.anchor, kind) for kind, place in carried if place.anchor and place.state is AnchorState.EXACT
    ]


def marks_of(stored: Sequence[Sequence[Any]]) -> list[TextMark]:
    """Return the marks that were stored as lists of start, end and kind."""
    return [TextMark(start, end, MarkKind(kind)) for start, end, kind in stored]
