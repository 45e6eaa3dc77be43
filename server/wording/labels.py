"""Read the printed number of a provision and print it again: `Article 5 bis`, `(iv)`, `1.1.2`, `第五条之一`."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from server.wording.numerals import NUMERAL, Style, print_numeral, values_of
from server.wording.provision_words import CHINESE_PREFIXES, CHINESE_WORDS, SIGN, WORD, kind_of_word


class NumberStep(NamedTuple):
    """One numeral of a label: 1.1.2 has three."""

    value: int
    style: Style


class Suffix(NamedTuple):
    """What tells an addition from the number before it: `bis`, `ter`, or the `a` of `1a`.

    `value` counts from 1 (`bis`, `a`); -1 is `ante`, before the number itself. `family` is a key of `FAMILIES`. `gap`
    is what stands before it.
    """

    value: int
    family: str
    gap: str


class NumberLabel(NamedTuple):
    """A printed number in its parts, in the order in which they are printed.

    `before` holds the word and the opening mark, `middle` what stands between numeral and suffix (`)` in `(b) bis`,
    `条` in `第五条之一`), `after` the closing marks. `word` is the sort of provision that it names, "" without one.
    """

    before: str
    steps: tuple[NumberStep, ...]
    middle: str
    suffixes: tuple[Suffix, ...]
    after: str
    word: str

    @property
    def order(self) -> tuple[int, ...]:
        """A key in which `1 ante`, 1, `1 bis`, `1 bis bis`, `1 ter`, 2 follow each other."""
        return (*(step.value for step in self.steps), *(suffix.value for suffix in self.suffixes), 0)


_LATIN = (
    *("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies", "undecies", "duodecies"),
    *("terdecies", "quaterdecies", "quindecies", "sexdecies", "septdecies", "octodecies", "novodecies", "vicies"),
)
_CYRILLIC = ("бис", "тер", "кватер", "квинквиес", "сексиес", "септиес", "октиес")
FAMILIES: dict[str, tuple[str, ...]] = {
    "latin": _LATIN,
    "latin nonies": tuple("nonies" if word == "novies" else word for word in _LATIN),
    "latin upper": tuple(word.upper() for word in _LATIN),
    "cyrillic": _CYRILLIC,
    "letter": tuple("abcdefghijklmnopqrstuvwxyz"),
    "letter upper": tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "chinese": tuple("之" + print_numeral(Style.CHINESE, value) for value in range(1, 21)),
}
"""Suffixes in their order, by family."""

BEFORE_FIRST = {"latin": "ante", "cyrillic": "анте", "chinese": "之前"}
"""What is printed before the first number of a series, by family; `ante` for the others."""

_SUFFIXES = {
    word: (family, place + 1) for family, words in reversed(FAMILIES.items()) for place, word in enumerate(words)
} | {word: (family, -1) for family, word in BEFORE_FIRST.items()}
_LATIN_SUFFIX = "|".join(
    sorted((*_LATIN, "nonies", "ante", "анте", *(w.upper() for w in _LATIN), *_CYRILLIC), key=len)[::-1]
)
_NO_SUFFIX = r"(?!(?:st|nd|rd|th|er|re|kg|km|mm|cm)(?![^\W_]))"
SUFFIX = (
    rf"(?:[ \u00a0-]?(?:{_LATIN_SUFFIX})(?![^\W_之])|(?<=[0-9]){_NO_SUFFIX}[a-zA-Z]{{1,2}}(?![^\W_])"
    r"|之[前一二三四五六七八九十]{1,2})"
)
"""Matches one suffix with the gap before it; letters are one or two suffixes."""

LONGEST_LABEL = 60
_CHINESE_AFTER = "|".join(sorted(CHINESE_WORDS, key=len)[::-1])
_CHINESE_BEFORE = "|".join(CHINESE_PREFIXES)
_LABEL = re.compile(
    rf"(?P<before>(?:(?P<word>(?i:{WORD})|{SIGN}|{_CHINESE_BEFORE}|№|第)\s{{0,3}}(?:(?:No\.|Nr\.|n°|№)\s?)?)?(?P<open>[(\[（]?))"
    rf"(?P<steps>{NUMERAL}(?:\.{NUMERAL}){{0,5}})"
    rf"(?P<middle>\s?(?:{_CHINESE_AFTER})|[)\]）](?=[ \u00a0-]?(?:{_LATIN_SUFFIX})))?"
    rf"(?P<suffixes>(?:{SUFFIX}){{0,6}})"
    r"(?P<after>[)\]）.:：、．,°º]{0,2}(?:[\s]?[–—-])?)"
)
_ONE_SUFFIX = re.compile(rf"([ \u00a0-]?)({_LATIN_SUFFIX}|之[前一二三四五六七八九十]{{1,2}}|[a-zA-Z])")
_PAIRS = {"": ")]）", "(": ")）", "[": "]", "（": ")）"}


def parse_label(printed: str) -> NumberLabel | None:
    """Return the likeliest reading of a printed number, None if it is none. `print_label` prints it again exactly."""
    return next(iter(readings_of(printed)), None)


@lru_cache(maxsize=4096)
def readings_of(printed: str) -> tuple[NumberLabel, ...]:
    """Return every reading of a printed number, the likeliest first: `(i)` is roman 1, and the letter 9.

    `aa` is the letter after z, doubled or as in a spreadsheet, and also an addition after `a`. Which of them is meant
    the neighbours say. Printing any of them gives `printed` again.
    """
    match = _LABEL.fullmatch(printed) if len(printed) <= LONGEST_LABEL else None
    if match is None or not _is_balanced(match["open"], match["middle"] or "", match["after"]):
        return ()
    word, middle = match["word"] or "", match["middle"] or ""
    kind = CHINESE_WORDS.get(middle.strip(), "") if word == "第" else kind_of_word(word)
    if (word == "第") != (middle.strip() in CHINESE_WORDS):
        return ()
    base = NumberLabel(match["before"], (), middle, _read_suffixes(match["suffixes"]), match["after"], kind)
    numerals = match["steps"].split(".")
    steps = _read_steps(numerals)
    readings = [base._replace(steps=each) for each in steps]
    if len(numerals) == 1 and len(numerals[0]) == 2 and numerals[0].isascii() and numerals[0].isalpha():
        # without a mark, two letters are a word: "to", "no."
        is_marked = bool(kind) or ")" in match["after"] or (len(set(numerals[0])) == 1 and bool(match["after"]))
        if not (is_marked or (steps and steps[0][0].style in (Style.ROMAN_LOWER, Style.ROMAN_UPPER))):
            return ()
        readings += _read_insertion(base, numerals[0])
    return tuple(reading for reading in readings if print_label(reading) == printed)


def _is_balanced(opening: str, middle: str, after: str) -> bool:
    closing = [mark for mark in middle + after if mark in ")]）"]
    return len(closing) == 1 and closing[0] in _PAIRS[opening] if opening or closing else True


def _read_steps(numerals: Sequence[str]) -> list[tuple[NumberStep, ...]]:
    """Return the readings of a path of numerals; all but the last numeral are read as is likeliest."""
    values = [values_of(numeral) for numeral in numerals]
    if not all(values):
        return []
    head = tuple(NumberStep(each[0][1], each[0][0]) for each in values[:-1])
    return [(*head, NumberStep(value, style)) for style, value in values[-1]]


def _read_suffixes(words: str) -> tuple[Suffix, ...]:
    suffixes = []
    for gap, word in _ONE_SUFFIX.findall(words):
        family, value = _SUFFIXES[word]
        suffixes.append(Suffix(value, family, gap))
    return tuple(suffixes)


def _read_insertion(base: NumberLabel, numeral: str) -> list[NumberLabel]:
    """Return the reading of two letters as an addition after the first: `(aa)` after `(a)`, and before `(b)`."""
    family = "letter" if numeral.islower() else "letter upper"
    if not (numeral.islower() or numeral.isupper()) or base.suffixes:
        return []
    style, value = next((style, value) for style, value in values_of(numeral[0]) if "letter" in style.value)
    suffix = Suffix(_SUFFIXES[numeral[1]][1], family, "")
    return [base._replace(steps=(NumberStep(value, style),), suffixes=(suffix,))]


def print_label(label: NumberLabel) -> str:
    """Return a label as it is printed; "" if its style has no numeral for a value, such as a letter for 0."""
    core = print_core(label)
    return f"{label.before}{core}{label.after}" if core else ""


def print_core(label: NumberLabel) -> str:
    """Return the number of a label without word and marks at its ends: `5 bis`, `1.1.2`, `b) bis`."""
    numerals = [print_numeral(step.style, step.value) for step in label.steps]
    if not all(numerals):
        return ""
    return ".".join(numerals) + label.middle + "".join(map(_print_suffix, label.suffixes))


def _print_suffix(suffix: Suffix) -> str:
    word = BEFORE_FIRST[suffix.family] if suffix.value < 0 else FAMILIES[suffix.family][suffix.value - 1]
    return suffix.gap + word


_FIGURES = (Style.ARABIC, Style.FRENCH, Style.ARABIC_INDIC, Style.PERSIAN, Style.FULL_WIDTH, Style.CHINESE)


def key_of(label: NumberLabel) -> str:
    """Return what two ways to print one number have in common: `2bis` for `2 bis.`, `(2 bis)` and `二bis`."""
    numerals = (
        str(step.value) if step.style in _FIGURES else print_numeral(step.style, step.value) for step in label.steps
    )
    return ".".join(numerals) + "".join(_print_suffix(suffix).strip(" \u00a0-") for suffix in label.suffixes)


def restyle(label: NumberLabel, model: NumberLabel) -> NumberLabel:
    """Return a label with figures printed as in `model`, so that a reference in figures stays in figures."""
    style = model.steps[-1].style
    steps = tuple(
        step._replace(style=style) if step.style in _FIGURES and style in _FIGURES else step for step in label.steps
    )
    if label.steps[-1].style == Style.FRENCH:
        steps = label.steps
    return label._replace(steps=steps)
