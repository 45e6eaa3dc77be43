"""Recognise printed numbers at the beginning of a line, in the scripts and manners in which papers print them.

A label can be read in several ways: ``(i)`` is the letter after ``(h)`` and the roman number one. ``Label.readings``
holds them all, and ``server.documents.outline`` chooses by what stands before. A label that is not ``is_sure`` counts
only where a list goes on with it or begins with it: ``J. Smith`` has no number.
"""

import re
import unicodedata
from collections.abc import Collection
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


_WORDS: dict[UnitKind, str] = {
    UnitKind.PRINCIPLE: "Principle|Principe|Principio|Prinzip|Grundsatz|Принцип|المبدأ",
    UnitKind.STANDARD: "Standard|Norme|Norma|Est[áa]ndar|Norm|Стандарт|المعيار",
    UnitKind.SECTION: "Section|Sub-?section|Secci[óo]n|Se[çc][ãa]o|Abschnitt|Раздел|القسم",
    UnitKind.ARTICLE: "Article|Art[íi]culo|Artigo|Artikel|Art\\.|Rule|Regulation|R[èe]gle|Regla|Regel|Статья|"
    "المادة|مادة",
    UnitKind.ANNEX: "Annexe?|Appendix|Appendice|Anexo|Ap[ée]ndice|Anhang|Anlage|Schedule|Приложение|الملحق",
    UnitKind.HEADING: "Part|Partie|Parte|Teil|Chapter|Chapitre|Cap[íi]tulo|Kapitel|Title|Titre|T[íi]tulo|Titel|"
    "Глава|Часть|الفصل",
}
_ROMAN_UPPER = r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_BIS = r"(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)"
_KEYWORD = re.compile(
    rf"(?P<word>{'|'.join(_WORDS.values())})[ \t\u00a0]+"
    rf"(?P<number>\(?\d{{1,3}}(?:\.\d{{1,3}})*(?:[ \u00a0-]?{_BIS}\b|[A-Za-z]\b)?\)?"
    rf"|{_ROMAN_UPPER}\b(?:[ \u00a0-]?{_BIS}\b)?|[A-Z]\b)"
    r"(?P<stop>\s?[.:](?=\s|$)|\s*[-\u2013\u2014](?=\s|$))?",
)
_SIGN = re.compile(
    rf"§§?\s?(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*(?:\s?{_BIS}\b|[a-z]\b)?)(?P<stop>[.:](?=\s|$)|\s*[-\u2013\u2014](?=\s|$))?"
)
_HAN_DIGITS = "零〇一二三四五六七八九"
_HAN = f"[{_HAN_DIGITS}十百]{{1,5}}"
_EAST = re.compile(
    rf"(?:第\s?(?P<number>{_HAN}|\d{{1,3}})\s?(?P<word>[条條章节節部编編])|제\s?(?P<korean>\d{{1,3}})\s?(?P<unit>[조장절]))(?=[\s:：]|\(|（|$)"
)
_EAST_KIND = dict.fromkeys("条條조", UnitKind.ARTICLE) | dict.fromkeys("节節절", UnitKind.SECTION)

_NUMBERS = re.compile(
    r"(?P<note>\[\d{1,3}\])(?=\s)"
    r"|(?P<dotted>(?:(?P<letters>[A-Z]|[IVX]{2,5})\.\d{1,3}(?:\.\d{1,2})*|\d{1,3}(?:\.\d{1,2})*\.\d{1,2})"
    rf"(?:[ \u00a0]?{_BIS}\b|[a-z](?![^\W_]))?)(?P<dotted_stop>[.)]?)(?=(?P<gap>\s*)(?P<dotted_next>[^\s])|\s*$)"
    rf"|(?P<suffixed>\(?\d{{1,3}}(?:[ \u00a0-]?{_BIS}\b|[a-z](?=[.)]))[.)]?)(?=\s|$)"
    r"|(?P<digits>\(\d{1,3}\)|（\d{1,3}）|\d{1,3}[.)．）、])(?P<digits_gap>\s|$|(?=[^\W\d_]))"
    r"|(?P<noisy>\d{1,3},)(?=\s+[A-Z])"
    r"|(?P<circled>[\u2460-\u2473])"
    r"|(?P<degree>\d{1,2}[°º])(?=\s+(?![CFK]\b)\w)"
    r"|(?P<dashed>\d{1,2}\s?[-\u2013\u2014])(?=\s+\w)"
    rf"|(?P<han>[（(]{_HAN}[）)]|{_HAN}[、．.])"
    r"|(?P<letter>\(?(?P<sign>[^\W\d_])(?P=sign)?(?P<letter_stop>[.)）]|(?<=[\u0621-\u064a])\s?[-\u2013](?=\s)))(?P<letter_gap>\s|$|(?=\w))"
    r"|(?P<roman>\(?[IVXLCivxlc]{1,7}[.)])(?=\s|$)"
)
_NO_COUNT = re.compile(
    r"(?:EUR|USD|GBP|CHF|JPY|CNY|XDR|SDR|Million|Milliard|Billion|Mio|Mrd|Uhr|GMT|UTC)", re.IGNORECASE
)
_BRACKET_BEGINS = re.compile(r"\([^\W\d_a-z]|\((?:\d{1,3}|[a-z])\)\s+[^\W\d_a-z]")
_DATE = re.compile(
    r"(?:Jan(?:uary?|vier)?|Feb(?:ruary?|ruar)|[Ff]évrier|M[aä]r(?:ch|z|s)|A(?:pril|vril)|Ma[yi]|Jun[ei]|[Jj]uin|Jul[yi]|"
    r"[Jj]uillet|August|[Aa]oût|[Ss]eptemb(?:er|re)|O[kc]tob(?:er|re)|[Nn]ovemb(?:er|re)|De[cz]ember|[Dd]écembre)"
    r"(?=\s+(?:[12]\d{3}\b|of\s)|[,.;]?$)"
)
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_SHAPE = re.compile(r"c{0,1}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
)
_LEADING_MARKS = re.compile(
    r"(?:\*{1,3}|_{1,3}(?=\S)|</?(?:b|strong|i|em|u|span|font|p)\b[^<>]{0,200}>|\s)+", re.IGNORECASE
)
_MARKED_LABEL = re.compile(r"^([^*_<]{1,30}?)(?:\*{1,3}|_{1,3}|</(?:b|strong|i|em|u)>)", re.IGNORECASE)
_RAISED_NOTE = re.compile(r"\s*<sup>\s*([0-9]{1,3})\s*</sup>", re.IGNORECASE)
_LINE_LABELS = re.compile(r"^[ \t>*_#-]*([A-Za-z]|[IVXLl]{2,7}|[ivxl]{2,7})\.(?=\s)", re.MULTILINE)
_ROMAN_LABEL = re.compile(r"[IVXLl]{1,7}[.)]")
_SHORT_HEADING = 160  # characters
_FEWEST_CAPITALS = 4


def read_label(text: str, *, in_heading: bool = False) -> Label | None:
    """Return the printed number at the beginning of a text, None if there is none.

    Numbers are arabic, roman, letters (also doubled), with points (``4.2.1``) or a suffix (``12 bis``, ``1a``), in
    Latin, Cyrillic, Greek, Arabic and Chinese writing, and after a word (``Article 5``, ``§ 3``, ``Annex II``). A year,
    a sum, a section of a code (``L. 121-7``) and initials are none.
    """
    return _read_keyword(text, in_heading=in_heading) or _read_number(text, in_heading=in_heading)


def label_of(text: str) -> tuple[str, str]:
    """Return the printed number at the beginning of a text, and the rest: ``("9.", "The ...")``.

    It is ``("", text)`` if there is none, or none that is sure.
    """
    label = read_label(text)
    return (label.printed, label.text) if label and label.is_sure else ("", text)


def bare(line: str) -> str:
    """Return a line of markdown without the marks of emphasis before its words and the escapes before signs."""
    if raised := _RAISED_NOTE.match(line):
        return f"[{raised[1]}] {line[raised.end() : 400].lstrip()}"
    marks = _LEADING_MARKS.match(line)
    words = line[marks.end() : 400] if marks else line[:400]
    if marks and marks[0].strip():
        words = _MARKED_LABEL.sub(r"\1", words)
    return re.sub(r"\\([.()\[\]#*_+-])", r"\1", words)


def line_labels(markdown: str) -> frozenset[str]:
    """Return the letters and roman numbers with a full stop that begin a line anywhere in a paper."""
    return frozenset(match[1] for match in _LINE_LABELS.finditer(markdown))


def is_expected(label: Label, on_lines: Collection[str]) -> bool:
    """Return whether a letter with a full stop is a number, because its neighbours in the alphabet begin lines too."""
    sign = label.printed.rstrip(".")
    if not label.printed.endswith(".") or not sign.isascii():
        return False
    if sign in "VX" and any(len(each) > 1 and not each.islower() for each in on_lines):
        return True
    return any(
        (other := _letter_or_roman(path[0] + step, style, sign)) and other in on_lines
        for style, path in label.readings
        for step in (-1, 1)
        if len(path) == 1
    )


def _letter_or_roman(value: int, style: str, sign: str) -> str:
    if "a" in style.lower():
        letters = _ALPHABETS[0].upper() if sign.isupper() else _ALPHABETS[0]
        return letters[value - 1] if 1 <= value <= len(letters) else ""
    numeral = {1: "i", 2: "ii", 3: "iii", 4: "iv", 5: "v", 6: "vi", 7: "vii", 8: "viii", 9: "ix", 10: "x", 11: "xi"}
    numeral |= {39: "xxxix", 40: "xl", 41: "xli", 49: "xlix", 50: "l", 51: "li", 99: "xcix", 100: "c", 101: "ci"}
    return numeral.get(value, "").upper() if sign.isupper() else numeral.get(value, "")


def heading_level_of(number: str, text: str, *, counts_arabic: bool = True) -> int:
    """Return the heading level of a plain paragraph that is obviously a heading, 0 if it is not.

    A heading is short (at most 160 characters), does not end in ``.``, ``,`` or ``;`` and begins with a capital. It
    also has a roman number (level 1), or an arabic number ending in a full stop (level 2, if `counts_arabic`), or it
    has no number and is all in capitals, at least four letters (level 1). Bold type alone makes no heading.
    """
    if len(text) > _SHORT_HEADING or text[-1:] in (".", ",", ";") or not text[:1].isupper():
        return 0
    if number:
        if _ROMAN_LABEL.fullmatch(number):
            return 1
        return 2 if counts_arabic and number[:-1].isdecimal() and number.endswith(".") else 0
    return 1 if text.isupper() and sum(map(str.isalpha, text)) >= _FEWEST_CAPITALS else 0


def is_roman_heading(line: str) -> bool:
    """Return whether a line is a heading with a roman number."""
    number, text = label_of(line.strip())
    return bool(_ROMAN_LABEL.fullmatch(number)) and heading_level_of(number, text) > 0


def _read_keyword(text: str, *, in_heading: bool) -> Label | None:
    if east := _EAST.match(text):
        sign, number = east["word"] or east["unit"], east["number"] or east["korean"]
        kind = _EAST_KIND.get(sign, UnitKind.HEADING)
        return Label(east[0], (Reading(sign, (_value_of_han(number),)),), text[east.end() :].lstrip(), kind=kind)
    match = _match_word(text) or _SIGN.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    if rest[:1] and not rest[:1].isspace():
        return None
    rest = rest.lstrip()
    goes_on = rest[:1].isupper() or (rest[:1] == "(" and (in_heading or bool(_BRACKET_BEGINS.match(rest))))
    if rest and not match["stop"] and not goes_on:
        return None
    word = match.groupdict().get("word", "§")
    kind = UnitKind.SECTION if word == "§" else _kind_of_word(word)
    style = word.lower()
    return Label(text[: match.end()], (Reading(style, _path_of(match["number"])),), rest, kind=kind)


def _match_word(text: str) -> re.Match[str] | None:
    """Match a word and its number; the word begins with a capital or is all in capitals."""
    if not text[:1].isalpha() or text[:1].islower():
        return None
    first = text[:24].split(maxsplit=1)
    if not first:
        return None
    word = first[0]
    if word.isupper() and len(word) > 1:
        return _KEYWORD.match(word.capitalize() + text[len(word) :])
    return _KEYWORD.match(text)


def _kind_of_word(word: str) -> UnitKind:
    return next(kind for kind, words in _WORDS.items() if re.fullmatch(words, word))


def _path_of(number: str) -> tuple[int, ...]:
    parts = []
    for part in re.split(r"[.\s\u00a0()-]+", number):
        digits = re.match(r"\d+", part)
        if digits:
            parts.append(int(digits[0]))
        elif part.isupper() and _ROMAN_SHAPE.fullmatch(part.lower()):
            parts.append(_value_of_roman(part.lower()))
        elif len(part) == 1 and part.isupper():
            parts.append(ord(part) - 64)
    return tuple(parts) or (0,)


def _read_number(text: str, *, in_heading: bool) -> Label | None:
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
    """Read ``4.2``: without a stop after it, it needs a capital, or a letter of a script without capitals, behind."""
    following, stop = match["dotted_next"] or "", match["dotted_stop"]
    begins = not following or (following.isalpha() and not following.islower()) or (bool(stop) and bool(match["gap"]))
    if not begins or (not match["gap"] and following and not following.isupper()):
        return [], "", False
    path = tuple(int(part) for part in re.findall(r"\d+", match["dotted"]))
    if letters := match["letters"]:
        path = (_value_of_roman(letters.lower()) if len(letters) > 1 else ord(letters) - 64, *path)
    if path[-1] == 0 and not in_heading and not stop and len(path) == 2 and not following:
        return [], "", False
    return [Reading("1.1", path)], match["dotted"] + stop, True


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
    value = _value_of_han(re.sub(r"[（()）、．.]", "", printed))
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
        value = 1 if is_noise else _value_of_roman(signs.lower())
        style = _shape(printed, "I" if signs.isupper() or is_noise else "i", signs)
        readings.insert(0 if signs in ("i", "I") else len(readings), Reading(style, (value,)))
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
    return [Reading(style, (_value_of_roman(mended.lower()),))], printed, True


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
    for alphabet in _ALPHABETS:
        if sign in alphabet and len(set(signs)) == 1:
            return alphabet.index(sign) + 1 + len(alphabet) * (len(signs) - 1)
    return None


def _is_roman(numeral: str) -> bool:
    if numeral.lower() != numeral and numeral.upper() != numeral:
        return False
    return bool(numeral) and bool(_ROMAN_SHAPE.fullmatch(numeral.lower()))


def _value_of_roman(numeral: str) -> int:
    values = [_ROMAN_VALUE[sign] for sign in numeral]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _value_of_han(numeral: str) -> int:
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
