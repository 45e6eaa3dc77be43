"""Read the numbers of agenda items, such as "X.a" or "IV (b)(ii)", and put them in their natural order. Pure."""

import re

from server.wording.numerals import Style, values_of

LAST = "~"
"""The key of what has no number that can be read: after all that has one."""
KEY_LIMIT = 80
# A roman numeral in capitals or a number, then at most two parts after points, spaces or in brackets.
_NUMBER = re.compile(r"([IVXLC]{1,8}|\d{1,3})((?:[.\s]*\(?(?:[a-z]{1,5}|\d{1,3})\)?){0,2})")
_PART = re.compile(r"[a-z]+|\d+")


def key_of_item(number: str) -> str:
    """Return the key that puts an agenda item in its place among the others: IX before X, "X.b" before "X.c".

    A number that cannot be read stands after all others, by its letters.
    """
    match = _NUMBER.fullmatch(number.strip())
    if match is None:
        return f"{LAST}{number.strip().casefold()}"[:KEY_LIMIT]
    values = [_value_of(match[1], Style.ROMAN_UPPER)]
    parts = _PART.findall(match[2])
    styles = (Style.LETTER_LOWER, Style.ROMAN_LOWER)
    values += [_value_of(part, style) for part, style in zip(parts, styles, strict=False)]
    if 0 in values:
        return f"{LAST}{number.strip().casefold()}"[:KEY_LIMIT]
    return ".".join(f"{value:04d}" for value in values)


def is_item_number(number: str) -> bool:
    """Return whether a text is the number of an agenda item."""
    return not key_of_item(number).startswith(LAST)


def _value_of(part: str, wanted: Style) -> int:
    """Return the value of a part of a number, read in the style of its level if it can be; 0 if it is none."""
    if part.isdigit():
        return int(part)
    readings = dict(values_of(part))
    return readings.get(wanted) or (next(iter(readings.values()), 0) if wanted != Style.ROMAN_UPPER else 0)
