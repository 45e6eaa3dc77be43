"""Read numbers at the beginning of a text: arabic, roman, letters, with points, in several scripts.

A label can be read in several ways: ``(i)`` is the letter after ``(h)`` and the roman number one. ``Label.readings``
holds them all, and ``server.documents.outline`` chooses by what stands before. A label that is not ``is_sure`` counts
only where a list goes on with it or begins with it: ``J. Smith`` has no number.
"""

import re
import unicodedata
from typing import NamedTuple

from server.vocabulary.texts import UnitKind


class Reading(NamedTuple):
    """One way to read a label: ``style`` is its manner, such as ``(a)``; ``path`` is its number, part by part."""

    style: str
    path: tuple[int, ...]


class Label(NamedTuple):
    """A printed number: as printed, how it can be read, the text after it, and the kind that it names, if any."""

    printed: str
    readings: tuple[Reading, ...]
    text: str
    is_sure: bool = True
    kind: UnitKind | None = None


_HAN_DIGITS = "零〇一二三四五六七八九"
HAN = f"[{_HAN_DIGITS}十百]{{1,5}}"
BIS = r"(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)"
_NUMBERS = re.compile(
    r"(?P<note>\[\d{1,3}\])(?=\s)"
    r"|(?P<dotted>(?:(?P<letters>[A-Z]|[IVX]{2,5})\.\d{1,3}(?:\.\d{1,2})*|\d{1,3}(?:\.\d{1,2})*\.\d{1,2})"
    rf"(?:[ \u00a0]?{BIS}\b|[a-z](?![^\W_]))?)(?P<dotted_stop>[.)]?)(?=(?P<gap>\s*)(?P<dotted_next>[^\s])|\s*$)"
    rf"|(?P<suffixed>\(?\d{{1,3}}(?:[ \u00a0-]?{BIS}\b|[a-z](?=[.)]))[.)]?)(?=\s|$)"
    r"|(?P<digits>\(\d{1,3}\)|（\d{1,3}）|\d{1,3}[.)．）、])(?P<digits_gap>\s|$|(?=[^\W\d_]))"
    r"|(?P<noisy>\d{1,3},)(?=\s+[A-Z])"
    r"|(?P<circled>[\u2460-\u2473])"
    r"|(?P<degree>\d{1,2}[°º])(?=\s+(?![CFK]\b)\w)"
    r"|(?P<dashed>\d{1,2}\s?[-\u2013\u2014])(?=\s+\w)"
    rf"|(?P<han>[（(]{HAN}[）)]|{HAN}[、．.])"
    r"|(?P<letter>\(?(?P<sign>[^\W\d_])(?P=sign)?(?P<letter_stop>[.)）]|(?<=[\u0621-\u064a])\s?[-\u2013](?=\s)))(?P<letter_gap>\s|$|(?=\w))"
    r"|(?P<roman>\(?[IVXLCivxlc]{1,7}[.)])(?=\s|$)"
)
_NO_COUNT = re.compile(
    r"(?:EUR|USD|GBP|CHF|JPY|CNY|XDR|SDR|Million|Milliard|Billion|Mio|Mrd|Uhr|GMT|UTC)", re.IGNORECASE
)
_MEASURE = re.compile(
    r"\s*(?:[kcm]?[gml]|kgs?|tons?|tonnes?|times|per|percent|(?:kilo|centi|milli)?(?:gram|met(?:re|er)|lit(?:re|er))s?|kilos?|miles?"
    r"|hours?|minutes?|seconds?|days?|weeks?|months?|years?|degrees?|euros?|dollars?|thousand|trillion)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:Jan(?:uary?|vier)?|Feb(?:ruary?|ruar)|[Ff]évrier|M[aä]r(?:ch|z|s)|A(?:pril|vril)|Ma[yi]|Jun[ei]|[Jj]uin|Jul[yi]|"
    r"[Jj]uillet|August|[Aa]oût|[Ss]eptemb(?:er|re)|O[kc]tob(?:er|re)|[Nn]ovemb(?:er|re)|De[cz]ember|[Dd]écembre)"
    r"(?=\s+(?:[12]\d{3}\b|of\s)|[,.;]?$)"
)
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ROMAN_SHAPE = re.compile(r"c{0,1}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
)


def read_number(text: str, *, in_heading: bool) -> Label | None:
    """Return the label that a text begins with, None if there is none."""
    match = _NUMBERS.match(text)
    if match is None:
        return None
    reader = next(name for name in _READERS if match[name])
    readings, printed, is_sure = _READERS[reader](match, text, in_heading)
    rest = text[len(printed) :].lstrip()
    if not readings or _NO_COUNT.match(rest) or (printed[-1] == "." and _DATE.match(rest)):
        return None
    return Label(printed, tuple(readings), rest, is_sure)


_Read = tuple[list[Reading], str, bool]


def _read_note(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    return [Reading("[1]", (int(match[0][1:-1]),))], match[0], True


def _read_dotted(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    """Read ``4.2``: without a stop after it, it is sure only before a capital or a letter without capitals."""
    following, stop = match["dotted_next"] or "", match["dotted_stop"]
    is_unsure = not stop and bool(match["gap"]) and following.islower() and not in_heading
    begins = not following or following.isalpha() or (bool(stop) and bool(match["gap"]))
    if following.islower() and not is_unsure and not (stop and match["gap"]):
        begins = False
    if is_unsure and _MEASURE.match(text, match.end()):
        begins = False
    if not begins or (not match["gap"] and following and not following.isupper()):
        return [], "", False
    path = tuple(int(part) for part in re.findall(r"\d+", match["dotted"]))
    if letters := match["letters"]:
        path = (value_of_roman(letters.lower()) if len(letters) > 1 else ord(letters) - 64, *path)
    if path[-1] == 0 and not in_heading and not stop and len(path) == 2 and not following:
        return [], "", False
    return [Reading("1.1", path)], match["dotted"] + stop, not is_unsure


def _read_suffixed(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    printed = match["suffixed"]
    rest = text[len(printed) :].lstrip()
    if printed[-1] not in ".)" and not rest[:1].isupper() and rest:
        return [], "", False
    number = re.findall(r"\d+", printed)[0]
    return [Reading(_style_of(printed), (int(number),))], printed, True


def _read_digits(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    printed = match["digits"]
    rest = text[len(printed) :]
    is_glued = bool(rest) and not rest[0].isspace()
    if is_glued and rest[0].islower() and not printed.startswith(("(", "（")) and printed[-1] not in ")）、":
        return [], "", False
    number = int(re.findall(r"\d+", printed)[0])
    return [Reading(_style_of(printed), (number,))], printed, True


def _read_noisy(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    return [Reading("1.", (int(match["noisy"][:-1]),))], match["noisy"], True


def _read_circled(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    return [Reading("①", (ord(match["circled"]) - 0x245F,))], match["circled"], True


def _read_degree(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    return [Reading("1°", (int(match["degree"][:-1]),))], match["degree"], False


def _read_dashed(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    following = text[match.end() :].lstrip()[:1]
    if following.islower() or not following.isalpha():
        return [], "", False
    return [Reading("1-", (int(re.findall(r"\d+", match["dashed"])[0]),))], match["dashed"], False


def _read_han(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    printed = match["han"]
    value = value_of_han(re.sub(r"[（()）、．.]", "", printed))
    return [Reading("一" + printed[-1] if printed[0] not in "（(" else "(一)", (value,))], printed, True


def _read_letter(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    """Read ``a)``, ``(b)``, ``C.``, ``aa)`` and their like, and single roman numbers."""
    printed = match["letter"]
    sign, stop = match["sign"], match["letter_stop"].strip()
    is_open = printed.startswith("(")
    rest = text[len(printed) :]
    if is_open and stop == ".":
        return [], "", False
    is_glued = bool(rest) and not rest[0].isspace()
    rest = rest.lstrip()
    if is_glued and stop == "." and sign.isascii():
        return [], "", False
    signs = printed.strip("().）- \u2013")
    readings = []
    if len(signs) == 2 and not signs.isascii():
        return [], "", False
    if (letter := _value_of_letter(signs)) is not None:
        readings.append(Reading(_shape(printed, "A" if signs.isupper() else "a", signs), (letter,)))
    is_noise = signs == "l" and stop == "."
    if is_noise or _is_roman(signs):
        value = 1 if is_noise else value_of_roman(signs.lower())
        style = _shape(printed, "I" if signs.isupper() or is_noise else "i", signs)
        readings.insert(0 if signs in ("i", "I", "ii", "II") else len(readings), Reading(style, (value,)))
    if stop == ".":
        if rest[:1].isdigit():
            return [], "", False
        is_sure = signs in ("I", "l", "II", "XX") and (rest[:1].isupper() or not rest)
        is_sure = is_sure or (len(signs) == 2 and _is_roman(signs))
        return readings, printed, is_sure
    is_sure = not is_glued and (len(signs) == 1 or _is_roman(signs) or stop in ")）")
    return readings, printed, is_sure


def _read_roman(match: re.Match[str], text: str, in_heading: bool) -> _Read:
    printed = match["roman"]
    numeral = printed.strip("().")
    if printed.startswith("(") and printed.endswith("."):
        return [], "", False
    mended = numeral.replace("l", "I") if set(numeral) <= set("IVXLl") and not numeral.islower() else numeral
    if not _is_roman(mended):
        if printed[-1] == "." and not printed.startswith("(") and set(numeral) <= set("IVXLl"):
            return [Reading("I.", (0,))], printed, True  # a number that a scanner misread, such as Ill.
        return [], "", False
    style = _shape(printed, "I" if mended.isupper() else "i", mended)
    return [Reading(style, (value_of_roman(mended.lower()),))], printed, True


_READERS = {
    "note": _read_note,
    "dotted": _read_dotted,
    "suffixed": _read_suffixed,
    "digits": _read_digits,
    "noisy": _read_noisy,
    "circled": _read_circled,
    "degree": _read_degree,
    "dashed": _read_dashed,
    "han": _read_han,
    "letter": _read_letter,
    "roman": _read_roman,
}


def _style_of(printed: str) -> str:
    if printed[0] in "(（":
        return "(1)"
    return "1)" if printed[-1] in ")）" else "1."


def _shape(printed: str, sample: str, signs: str) -> str:
    """Return the manner of a label: its brackets or stop around a sample of its alphabet."""
    alphabet = "" if signs.isascii() else unicodedata.name(signs[0], "").split(" ")[0]
    if printed[0] == "(":
        return f"({alphabet}{sample})"
    return f"{alphabet}{sample}{')' if printed[-1] in ')）' else printed[-1]}"


def _value_of_letter(signs: str) -> int | None:
    sign = signs[0].lower()
    for alphabet in ALPHABETS:
        if sign in alphabet and len(set(signs)) == 1:
            return alphabet.index(sign) + 1 + len(alphabet) * (len(signs) - 1)
    return None


def _is_roman(numeral: str) -> bool:
    if numeral.lower() != numeral and numeral.upper() != numeral:
        return False
    return bool(numeral) and bool(ROMAN_SHAPE.fullmatch(numeral.lower()))


def value_of_roman(numeral: str) -> int:
    """Return the value of a roman number in small letters."""
    values = [_ROMAN_VALUE[sign] for sign in numeral]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def value_of_han(numeral: str) -> int:
    """Return the value of a number in Chinese or arabic digits."""
    if numeral.isdecimal():
        return int(numeral)
    total = current = 0
    for sign in numeral:
        if sign in "十百":
            total += (current or 1) * (10 if sign == "十" else 100)
            current = 0
        else:
            current = max(_HAN_DIGITS.index(sign) - 1, 0)
    return total + current
