"""Recognise printed numbers and headings, in typed and in scanned papers."""

import re

_LABEL = re.compile(
    r"(?:"
    r"\[[0-9]{1,3}\](?=\s)"  # [1], a footnote
    r"|\((?:[0-9]{1,3}|[a-z]|[ivxl]{1,6}|[IVXL]{1,6})\)(?=\s|$)"  # (a), (iv), (12)
    r"|[0-9]{1,3}(?:\.[0-9]{1,3})+[.)]?(?=\s+[A-Z])"  # 4.2
    r"|[0-9]{1,3}[.)](?=\s|$)"  # 9.
    r"|[0-9]{1,3},(?=\s+[A-Z])"  # 4, as a scanner reads 4.
    r"|[IVXLl]{1,7}[.)](?=\s|$)"  # II. and Il. as a scanner reads it
    r"|[a-z]\)(?=\s|$)"  # b)
    r")"
)
_ROMAN = re.compile(r"[IVXLl]{1,7}[.)]")
_ARABIC_START = re.compile(r"\s*[0-9]{1,3}\.\s+[A-Z]")
_PUNCTUATION = (".", ",", ";", ":")
_SHORT_LINE = 60  # characters
_SHORT_HEADING = 160  # characters
_FEWEST_CAPITALS = 4


def label_of(text: str) -> tuple[str, str]:
    """Return the printed number at the beginning of a text, and the rest: ``("9.", "The ...")``.

    It is ``("", text)`` if there is none. Labels are ``9.`` ``9)`` ``4.2`` ``II.`` ``b)`` ``(a)`` ``(iv)`` ``[1]``, and
    their misreadings by scanners: ``4,`` ``Il.`` ``l.``
    """
    label = _LABEL.match(text)
    return (label[0], text[label.end() :].lstrip()) if label else ("", text)


def heading_level_of(number: str, text: str) -> int:
    """Return the heading level of a plain paragraph that is obviously a heading, 0 if it is not.

    A heading is short (at most 160 characters), does not end in ``.``, ``,`` or ``;`` and begins with a capital. It
    also has a roman number (level 1), or an arabic number ending in a full stop (level 2), or it has no number and is
    all in capitals, at least four letters (level 1). Bold type alone makes no heading.
    """
    if len(text) > _SHORT_HEADING or text[-1:] in (".", ",", ";") or not text[:1].isupper():
        return 0
    if number:
        return 1 if _ROMAN.fullmatch(number) else 2 if number[:-1].isdecimal() and number.endswith(".") else 0
    return 1 if text.isupper() and sum(map(str.isalpha, text)) >= _FEWEST_CAPITALS else 0


def pieces_of(paragraph: str) -> list[str]:
    """Cut a paragraph where a scanner ran two together. The pieces are whole lines; joined, they are the paragraph.

    A cut is made before a line with an arabic number if exactly one short line without a full stop stands before it (a
    heading of its own). A cut is also made before a heading line with a roman number if the line before it ends a
    sentence and the paragraph ends with the heading line or goes on with an arabic number.
    """
    lines = paragraph.split("\n")
    starts = [0]
    for index in range(1, len(lines)):
        before = lines[index - 1].strip()
        if _ARABIC_START.match(lines[index]):
            is_cut = starts[-1] == index - 1 and len(before) <= _SHORT_LINE and before[-1:] not in _PUNCTUATION
        else:
            is_last = index + 1 == len(lines) or _ARABIC_START.match(lines[index + 1])
            is_cut = bool(is_last) and before[-1:] in _PUNCTUATION and _is_roman_heading(lines[index])
        if is_cut:
            starts.append(index)
    return ["\n".join(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _is_roman_heading(line: str) -> bool:
    number, text = label_of(line.strip())
    return bool(_ROMAN.fullmatch(number)) and heading_level_of(number, text) > 0
