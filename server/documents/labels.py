"""Recognise printed numbers at the beginning of a line, also after a word such as "Article", and headings."""

import re
from collections.abc import Collection

from server.documents.numerals import (
    ALPHABETS,
    BIS,
    HAN,
    ROMAN_SHAPE,
    Label,
    Reading,
    read_number,
    value_of_han,
    value_of_roman,
)
from server.vocabulary.texts import UnitKind

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
_KEYWORD = re.compile(
    rf"(?P<word>{'|'.join(_WORDS.values())})[ \t\u00a0]+"
    rf"(?P<number>\(?\d{{1,3}}(?:\.\d{{1,3}})*(?:[ \u00a0-]?{BIS}\b|[A-Za-z]\b)?\)?"
    rf"|{_ROMAN_UPPER}\b(?:[ \u00a0-]?{BIS}\b)?|[A-Z]\b)"
    r"(?P<stop>\s?[.:](?=\s|$)|\s*[-\u2013\u2014](?=\s|$))?",
)
_SIGN = re.compile(
    rf"§§?\s?(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*(?:\s?{BIS}\b|[a-z]\b)?)(?P<stop>[.:](?=\s|$)|\s*[-\u2013\u2014](?=\s|$))?"
)
_EAST = re.compile(
    rf"(?:第\s?(?P<number>{HAN}|\d{{1,3}})\s?(?P<word>[条條章节節部编編])|제\s?(?P<korean>\d{{1,3}})\s?(?P<unit>[조장절]))(?=[\s:：]|\(|（|$)"
)
_EAST_KIND = dict.fromkeys("条條조", UnitKind.ARTICLE) | dict.fromkeys("节節절", UnitKind.SECTION)
_BRACKET_BEGINS = re.compile(r"\([^\W\d_a-z]|\((?:\d{1,3}|[a-z])\)\s+[^\W\d_a-z]")
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
    return _read_keyword(text, in_heading=in_heading) or read_number(text, in_heading=in_heading)


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
        letters = ALPHABETS[0].upper() if sign.isupper() else ALPHABETS[0]
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
        return Label(east[0], (Reading(sign, (value_of_han(number),)),), text[east.end() :].lstrip(), kind=kind)
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
    """Return the match of a word and its number; the word begins with a capital or is all in capitals."""
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
        elif part.isupper() and ROMAN_SHAPE.fullmatch(part.lower()):
            parts.append(value_of_roman(part.lower()))
        elif len(part) == 1 and part.isupper():
            parts.append(ord(part) - 64)
    return tuple(parts) or (0,)
