"""Read the words by which a text mentions provisions: `paragraphs 2 to 4`, `point a)`, `第五条`, `this Article`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from server.wording.instruments import instrument_around
from server.wording.labels import SUFFIX, NumberLabel, parse_label
from server.wording.numerals import NUMERAL, Style
from server.wording.provision_words import CHINESE_PREFIXES, CHINESE_WORDS, SIGN, WORD, is_plural, kind_of_word


class Number(NamedTuple):
    """A number in the text: where it stands with and without its brackets, and its label."""

    start: int
    end: int
    core_start: int
    core_end: int
    label: NumberLabel


_COMMON_WORDS = frozenset({"standard", "part", "principle", "title", "rule", "point", "recommendation"})
"""Sorts whose words also mean other things: in lower case they need more than a number to be a reference."""

_FIGURES = r"(?:1er|[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}|[٠-٩]{1,3}|[۰-۹]{1,3})"
_GUARD = r"(?!\w)(?!\s?[%‰])(?!-[^\W\d])(?![.,][0-9])"
_PLAIN = re.compile(
    rf"(?P<core>(?:{_FIGURES}|[A-Z]\.[0-9]{{1,3}}|[IVXLC]{{1,9}}(?:\.[0-9]{{1,3}})?|[A-Z])"
    rf"(?:{SUFFIX}(?!\s+[0-9IVX])){{0,2}}){_GUARD}"
)
_BRACKETED = re.compile(rf"[(\[（](?P<core>{NUMERAL}(?:{SUFFIX}){{0,2}})[)\]）]")
_HALF_BRACKETED = re.compile(r"(?P<core>[a-z]{1,2}|[ivx]{1,6}|[0-9]{1,2})\)")
_HEAD = re.compile(
    rf"(?<![\w§¶])(?P<word>(?i:{WORD})|{SIGN})(?:\s{{1,3}}|(?<=[§¶.])\s{{0,3}})(?:(?:No\.|Nr\.|n°|№)\s?)?"
    r"(?=[0-9٠-٩۰-۹A-Z(\[]|[a-z]{1,6}\))"
    rf"|第\s?(?P<chinese>{NUMERAL})\s?(?P<unit>{'|'.join(CHINESE_WORDS)})(?P<added>之[一二三四五六七八九十]{{1,2}})?"
    rf"|(?P<prefix>{'|'.join(CHINESE_PREFIXES)})\s?(?=[0-9IVX〇一二三四五六七八九十])"
    rf"|(?<!\w)(?P<relative>(?i:this|the\ present"
    rf"|(?:the\ )?(?:immediately\ )?(?:preceding|previous|foregoing)|(?:the\ )?following"
    rf"|le\ présent|la\ présente|der\ vorliegende|diese[rs]?|el\ presente))\s(?P<named>(?i:{WORD}))(?!\w)(?!\s[0-9(])"
    rf"|(?<!\w)(?P<named_first>(?i:{WORD}))\s(?P<after>précédente?s?|suivante?s?|above|below|ci-dessus|ci-dessous)(?!\w)"
)
_AND = r"and/or|and|or|et|ou|und|oder|y|e|o|и|или|&"
_SEPARATOR = re.compile(
    rf"\s?,\s(?:(?:{_AND})\s)?|\s(?:{_AND})\s"
    r"|(?P<through>\s?[-–—]\s?|\s(?:to|through|à|au|a|al|bis|до|по)\s|至)|、|和|及"
)
_GOES_ON = re.compile(
    r"\s?(?:$|[.,;:)\]|’'”»]|[-–—]\s)|\s(?:\(|of|above|below|shall|should|may|must|is|are|was|were|applies|apply|and|or|to"
    r"|in|on|under|do|does|have|has|will|can|cannot|et|de|du|des|ou|est|sont|und|oder|der|gilt|del|y|see|with|by|for|as"
    r"|requires?|provides?|sets?|states?|concerning|where|which|that|then|before|after|[A-Z]{2,}\w*)(?!\w)"
)
_MEASURE = re.compile(
    r"\s(?:days?|weeks?|months?|years?|hours?|per\s?cent|percent|kg|km|parcels?|times|jours?|mois|ans?)(?!\w)"
)
_DIRECTION = re.compile(
    r"\s(?:(?P<above>above|ci-dessus|supra|oben|выше)|(?P<below>below|ci-dessous|infra|unten|ниже))(?!\w)"
)
_RELATIVES = {
    **dict.fromkeys(("this", "the present", "le présent", "la présente", "der vorliegende", "el presente"), "this"),
    **dict.fromkeys(("diese", "dieser", "dieses"), "this"),
    **dict.fromkeys(("the following", "following", "suivant", "below", "ci-dessous"), "following"),
}


class Mention:
    """The references that one word for provisions announces, with what stands around them."""

    def __init__(self, start: int, kind: str) -> None:
        self.start, self.end, self.kind = start, start, kind
        self.numbers: list[tuple[Number, bool, int | None]] = []  # number, through, its container in the mention
        self.relative = ""
        self.instrument = ""
        self.within: Mention | None = None


def read_mentions(text: str) -> Iterator[Mention]:
    position = 0
    while head := _HEAD.search(text, position):
        mention = _read_mention(text, head)
        position = head.end()
        if mention:
            position = max(mention.end, position)
            yield mention


def _read_mention(text: str, head: re.Match[str]) -> Mention | None:
    """Return the references that begin with a word for provisions, None if it is only a word."""
    if head["named"] or head["named_first"]:
        return _read_relative(head)
    if head["chinese"]:
        return _read_chinese(text, head)
    word = head["word"] or head["prefix"]
    mention = Mention(head.start(), kind_of_word(word))
    first = _read_number(text, head.end(), bool(head["prefix"]))
    if first is None:
        return None
    mention.numbers.append((first, False, None))
    _read_brackets(text, mention)
    is_soft = mention.kind in _COMMON_WORDS and word[:1].islower()
    if is_soft and not _GOES_ON.match(text, mention.end):
        return None
    _read_list(text, mention, is_plural(word))
    _read_surroundings(text, mention, word)
    return mention


def _read_relative(head: re.Match[str]) -> Mention | None:
    word = head["named"] or head["named_first"]
    kind = kind_of_word(word)
    if (kind in _COMMON_WORDS and word[:1].islower()) or is_plural(word):
        return None
    mention = Mention(head.start(), kind)
    mention.end = head.end()
    mention.relative = _RELATIVES.get((head["relative"] or head["after"]).lower(), "preceding")
    return mention


def _read_chinese(text: str, head: re.Match[str]) -> Mention | None:
    label = parse_label(head[0])
    if label is None:
        return None
    mention = Mention(head.start(), label.word)
    mention.numbers.append((Number(head.start(), head.end(), head.start("chinese"), head.end(), label), False, None))
    _read_brackets(text, mention)
    separator = _SEPARATOR.match(text, mention.end)
    following = _HEAD.match(text, separator.end()) if separator and separator["through"] else None
    if following and following["chinese"] and following["unit"] == head["unit"]:
        last = parse_label(following[0])
        if last:
            number = Number(following.start(), following.end(), following.start("chinese"), following.end(), last)
            mention.numbers.append((number, True, None))
            mention.end = following.end()
    return mention


def _read_number(text: str, position: int, is_chinese: bool = False) -> Number | None:
    """Return the number that begins at a position: in brackets, in figures, in capitals, or as in a)."""
    for pattern in (_BRACKETED, _PLAIN, _HALF_BRACKETED):
        match = pattern.match(text, position)
        label = parse_label(f"{match['core']}." if match else "")
        if match and label:
            return Number(match.start(), match.end(), *match.span("core"), label)
    match = re.compile(NUMERAL).match(text, position) if is_chinese else None
    label = parse_label(match[0]) if match else None
    return Number(match.start(), match.end(), *match.span(), label) if match and label else None


def _read_brackets(text: str, mention: Mention) -> None:
    """Add the numbers in brackets that follow the last number, each within the one before: (a) (i)."""
    mention.end = mention.numbers[-1][0].end
    while len(mention.numbers) < 1000:
        position = mention.end + (text[mention.end : mention.end + 1] in (" ", "\u00a0"))
        match = _BRACKETED.match(text, position)
        label = parse_label(f"{match['core']}.") if match else None
        if match is None or label is None:
            return
        number = Number(match.start(), match.end(), *match.span("core"), label)
        mention.numbers.append((number, False, len(mention.numbers) - 1))
        mention.end = match.end()


def _read_list(text: str, mention: Mention, several: bool) -> None:
    """Add the further members of a list or a range: 2, 3 and 5; (a) to (c)."""
    while separator := _SEPARATOR.match(text, mention.end):
        last, _, container = mention.numbers[-1]
        number = _read_number(text, separator.end())
        if number is None or _sort_of(text, number) != _sort_of(text, last):
            number, container = _read_number(text, separator.end()), None
            last = mention.numbers[0][0]
        if number is None or _sort_of(text, number) != _sort_of(text, last) or _MEASURE.match(text, number.end):
            return
        in_brackets = number.end > number.core_end
        if not (several or in_brackets or _GOES_ON.match(text, number.end)):
            return
        mention.numbers.append((number, bool(separator["through"]), container))
        _read_brackets(text, mention)


def _sort_of(text: str, number: Number) -> tuple[bool, bool, bool]:
    """Return what members of one list share: brackets, figures or letters, case."""
    style = number.label.steps[-1].style
    is_figure = style in (Style.ARABIC, Style.FRENCH, Style.ARABIC_INDIC, Style.PERSIAN)
    return number.end > number.core_end, is_figure, text[number.core_start].isupper()


def _read_surroundings(text: str, mention: Mention, word: str) -> None:
    direction = _DIRECTION.match(text, mention.end)
    if direction:
        mention.relative = "above" if direction["above"] else "below"
        mention.end = direction.end()
    mention.instrument = instrument_around(text, mention.start, mention.end, word)
