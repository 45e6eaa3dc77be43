"""Read and print the numerals that provisions are numbered with: figures, roman numbers, letters, Chinese numbers."""

from enum import Enum


class Style(Enum):
    """The sort of a numeral. Its value is the name used in messages."""

    ARABIC = "arabic"
    FRENCH = "french"
    """Arabic, with `1er` for the first."""
    ROMAN_LOWER = "roman lower"
    ROMAN_UPPER = "roman upper"
    LETTER_LOWER = "letter lower"
    """a to z, then aa, bb, cc."""
    LETTER_UPPER = "letter upper"
    SHEET_LOWER = "sheet lower"
    """a to z, then aa, ab, ac, as the columns of a spreadsheet."""
    SHEET_UPPER = "sheet upper"
    CYRILLIC_LOWER = "cyrillic lower"
    CYRILLIC_UPPER = "cyrillic upper"
    ARABIC_INDIC = "arabic-indic"
    PERSIAN = "persian"
    FULL_WIDTH = "full width"
    CHINESE = "chinese"


GREATEST = 999
"""The greatest value of a numeral. A longer number is a year, an amount or a document, and no provision."""

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"  # ё, й, ъ, ы and ь are left out in lists
_DIGITS = {
    Style.ARABIC: "0123456789",
    Style.ARABIC_INDIC: "٠١٢٣٤٥٦٧٨٩",
    Style.PERSIAN: "۰۱۲۳۴۵۶۷۸۹",
    Style.FULL_WIDTH: "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
}
_CHINESE_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    *((100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_UPPER = {
    Style.ROMAN_UPPER: Style.ROMAN_LOWER,
    Style.LETTER_UPPER: Style.LETTER_LOWER,
    Style.SHEET_UPPER: Style.SHEET_LOWER,
    Style.CYRILLIC_UPPER: Style.CYRILLIC_LOWER,
}

_GREATEST_ROMAN = 399  # beyond it the letters spell words, such as MIX and DIM

NUMERAL = (
    r"(?:1er|[0-9]{1,3}|[٠-٩]{1,3}|[۰-۹]{1,3}|[０-９]{1,3}|[〇零一二三四五六七八九十百]{1,7}"
    r"|[ivxlc]{1,12}|[IVXLC]{1,12}|[a-z]{1,2}|[A-Z]{1,2}|[а-яё]{1,2}|[А-ЯЁ]{1,2})"
)
"""Matches every numeral, and some words that are none: `values_of` decides."""


def values_of(numeral: str) -> tuple[tuple[Style, int], ...]:
    """Return the ways to read a numeral, the likeliest first; none if it is no numeral.

    `i` is roman 1 and the letter 9, `aa` is the 27th letter. Printing any of them gives `numeral` again.
    """
    lower = numeral.lower()
    if numeral in ("1er", "1ER"):
        readings = [(Style.FRENCH, 1)] if numeral == "1er" else []
    elif not lower.isascii() or lower.isdecimal():
        readings = [
            (style, value)
            for style, value in (
                *((style, _read_digits(numeral, digits)) for style, digits in _DIGITS.items()),
                (Style.CHINESE, _read_chinese(numeral)),
                (Style.CYRILLIC_UPPER if numeral.isupper() else Style.CYRILLIC_LOWER, _read_doubled(lower, _CYRILLIC)),
            )
            if value is not None
        ]
    else:
        readings = _read_latin(lower)
        if numeral.isupper():
            upper = {small: great for great, small in _UPPER.items()}
            readings = [(upper[style], value) for style, value in readings]
    return tuple((style, value) for style, value in readings if print_numeral(style, value) == numeral)


def _read_latin(lower: str) -> list[tuple[Style, int]]:
    roman = (Style.ROMAN_LOWER, _read_roman(lower) or 0)
    letters = [(Style.LETTER_LOWER, _read_doubled(lower, _LATIN) or 0), (Style.SHEET_LOWER, _read_sheet(lower))]
    readings = [*letters, roman] if lower in ("c", "l", "cc", "ll") else [roman, *letters]
    return [(style, value) for style, value in readings if value]


def _read_digits(numeral: str, digits: str) -> int | None:
    return int(numeral) if len(numeral) <= len(str(GREATEST)) and set(numeral) <= set(digits) else None


def _read_doubled(lower: str, alphabet: str) -> int | None:
    if len(lower) not in (1, 2) or len(set(lower)) > 1 or lower[0] not in alphabet:
        return None
    return alphabet.index(lower[0]) + 1 + (len(lower) - 1) * len(alphabet)


def _read_sheet(lower: str) -> int:
    # A single letter is read as LETTER_LOWER: both styles agree on it.
    return _LATIN.index(lower[0]) * 26 + 26 + _LATIN.index(lower[1]) + 1 if len(lower) == 2 else 0


def _read_roman(lower: str) -> int | None:
    worth = {letter: value for value, letter in _ROMAN if len(letter) == 1}
    if not set(lower) <= set(worth):
        return None
    values = [worth[letter] for letter in lower]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _read_chinese(numeral: str) -> int | None:
    total, digit = 0, 0
    for character in numeral.replace("零", "〇"):
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS.index(character)
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit if numeral else None


def print_numeral(style: Style, value: int) -> str:
    """Return the numeral of `value` in a style; "" if the style has none for it, such as a letter for 0."""
    if style in _UPPER:
        return print_numeral(_UPPER[style], value).upper()
    if not 0 <= value <= GREATEST:
        return ""
    if style == Style.FRENCH:
        return "1er" if value == 1 else str(value)
    if style in _DIGITS:
        return str(value).translate(str.maketrans(_DIGITS[Style.ARABIC], _DIGITS[style]))
    if style == Style.CHINESE:
        return _print_chinese(value)
    if style == Style.ROMAN_LOWER:
        return _print_roman(value)
    return _print_letters(style, value)


def _print_letters(style: Style, value: int) -> str:
    alphabet = _CYRILLIC if style == Style.CYRILLIC_LOWER else _LATIN
    row, column = divmod(value - 1, len(alphabet))
    if value < 1 or row > (26 if style == Style.SHEET_LOWER else 1):
        return ""
    if style == Style.SHEET_LOWER and row:
        return alphabet[row - 1] + alphabet[column]
    return alphabet[column] * (row + 1)


def _print_roman(value: int) -> str:
    if value > _GREATEST_ROMAN:
        return ""
    letters = ""
    for worth, printed in _ROMAN:
        count, value = divmod(value, worth)
        letters += printed * count
    return letters


def _print_chinese(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    printed = f"{_CHINESE_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        printed += "十" if tens == 1 and not hundreds else f"{_CHINESE_DIGITS[tens]}十"
    elif hundreds and ones:
        printed += "零"
    return printed + (_CHINESE_DIGITS[ones] if ones or not value else "")
