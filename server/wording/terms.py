"""Find the terms that a text defines, and where it uses them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from server.wording.tokens import pieces

LONGEST_TERM = 80  # code points between the quotation marks of a term


class Definition(NamedTuple):
    """A defined term: its words without quotation marks, the provision that defines it, and where the term stands.

    `any_case` holds for terms in lower case, and for those that begin an entry of a glossary without quotation marks:
    there the capital may be that of the entry.
    """

    term: str
    provision: int
    start: int
    end: int
    any_case: bool


class Use(NamedTuple):
    """A place where a defined term is used: which definition, which text, from where to where."""

    definition: int
    text: int
    start: int
    end: int


class TermPassage(NamedTuple):
    """A provision as definitions are looked for in it: its words, and whether it is a heading of which level.

    `level` is the level of a heading, from 1, and 0 for all other provisions.
    """

    text: str
    level: int = 0


_QUOTED = (
    rf"(?:“(?P<curly>[^“”]{{1,{LONGEST_TERM}}})”|\"(?P<straight>[^\"]{{1,{LONGEST_TERM}}})\""
    rf"|‘(?P<single>[^‘’]{{1,{LONGEST_TERM}}})’|«\s?(?P<french>[^«»]{{1,{LONGEST_TERM}}}?)\s?»"
    rf"|„(?P<german>[^„“”]{{1,{LONGEST_TERM}}})[“”]|「(?P<corner>[^「」]{{1,{LONGEST_TERM}}})」)"
)
_CALLED = (
    r"(?:hereinafter|hereafter|ci-après|en adelante|im Folgenden|далее)[^“\"‘«„.;]{0,40}"
    r"|\((?:the|an?|collectively|le|la|les|l['’])?,?\s?|(?:on entend par|s['’]entend de|se entiende por)\s"
    r"|(?:the\s)?terms?\s"
)
_MEANS = (
    r"(?:\s?\([^()]{0,60}\))?,?\s?(?:(?:shall|will|is|are|has|have|also)\s){0,2}"
    r"(?:(?:means?|refers?\sto|defined\sas|denotes?|designates?|the\smeaning|désigne(?:nt)?|s['’]entend(?:ent)?"
    r"|signifie(?:nt)?|significa|se entenderá|bezeichnet|bedeutet|означает)(?!\w)|是?指)|\s?[:：]"
)
_AS_A_TERM = re.compile(rf"(?P<called>{_CALLED})?{_QUOTED}(?P<means>{_MEANS})?")
_TOGETHER = re.compile(r"\s?(?:,|,?\s?(?:and|or|et|ou|und|oder|y|o))\s")
_ARTICLE = re.compile(r"(?:the|an?|les?|la|die|der|das|los?|las?)\s(?=[A-ZÀ-Þ])", re.ASCII)
_ENTRY = re.compile(rf"(?P<term>[^\W\d_][^:.;!?\n“”\"«»|]{{0,{LONGEST_TERM}}}?)(?:\s?[:：]|\s[–—])\s+(?=\S)")
_DICTIONARY = re.compile(
    r"(?:[^\n]{0,40}\b)?(?:definitions?|glossary|terminology|définitions?|glossaire|begriffsbestimmungen"
    r"|definiciones|glosario|определения)\b|定义|术语",
    re.IGNORECASE,
)
_APOSTROPHE = re.compile(r"(['’])")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def find_definitions(passages: Sequence[TermPassage]) -> tuple[Definition, ...]:
    """Return the terms that the provisions define, in their order.

    Read are: “X” means, shall mean, refers to, désigne, bezeichnet; on entend par « X »; hereinafter “X”; (the “X”);
    and in a part headed Definitions or Glossary, at the beginning of a provision, also `X: ...` and “X”: with a colon.
    Other quotations define nothing.
    """
    definitions: list[Definition] = []
    dictionary_level = 0
    for place, passage in enumerate(passages):
        if passage.level:
            if not dictionary_level or passage.level <= dictionary_level:
                dictionary_level = passage.level if _DICTIONARY.match(passage.text) else 0
            continue
        definitions += _read_passage(passage.text, place, bool(dictionary_level))
    return tuple(definitions)


def _read_passage(text: str, place: int, in_dictionary: bool) -> list[Definition]:
    matches = list(_AS_A_TERM.finditer(text))
    defines = [_defines(text, match, in_dictionary) for match in matches]
    for before, match in reversed(list(enumerate(matches[1:]))):
        # “seller” and “vendor” mean: the verb of the last is that of all
        if match["means"] and _TOGETHER.fullmatch(text, matches[before].end(), match.start()):
            defines[before] |= defines[before + 1]
    definitions = [_quoted(text, match, place) for match, is_one in zip(matches, defines, strict=True) if is_one]
    entry = _ENTRY.match(text) if in_dictionary and not definitions else None
    if entry:
        start, end = _strip(text, *entry.span("term"))
        rest = text[start + 1 : end]
        definitions.append(Definition(text[start:end], place, start, end, rest == rest.lower()))
    return [definition for definition in definitions if definition.term]


def _defines(text: str, match: re.Match[str], in_dictionary: bool) -> bool:
    """Return whether the words around a quotation make it a defined term."""
    called, means = (match["called"] or "").lower().strip(), (match["means"] or "").strip()
    if means in (":", "："):
        return in_dictionary and not text[: match.start()].strip()
    # a term in brackets fills them: (the “Framework”), and not (“as is” or otherwise)
    is_closed = not called.startswith("(") or text[match.end() : match.end() + 1] in (")", ",", ";")
    return bool(means) or (bool(called) and not called.endswith(("term", "terms")) and is_closed)


def _quoted(text: str, match: re.Match[str], place: int) -> Definition:
    """Return the definition of a term in quotation marks, without the article before a capital."""
    start, end = _strip(text, *next(match.span(name) for name in _MARKS if match[name] is not None))
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    term = text[start:end]
    return Definition(term, place, start, end, term == term.lower())


_MARKS = ("curly", "straight", "single", "french", "german", "corner")


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the white space and the comma at its ends."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return start + left, max(start + left, start + len(words.rstrip().rstrip(",")))


class _Node:
    """A place in the tree of terms, word by word: what may follow, and the terms that end here."""

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.as_written: dict[str, int] = {}
        self.in_any_case: int | None = None

    @property
    def ends(self) -> bool:
        """Whether a term ends here."""
        return bool(self.as_written) or self.in_any_case is not None

    def definition_of(self, words: str) -> int | None:
        """Return the definition that ends here with these words, None if there is none."""
        return self.as_written.get(words, self.in_any_case)


def find_uses(definitions: Sequence[Definition], texts: Sequence[str]) -> tuple[Use, ...]:
    """Return every use of a defined term as a word, in text order; of terms that begin alike the longest is meant.

    A term in lower case is found in any case, one with a capital only as it is written, since Party is not party. The
    plural is a use too (parcels, parties). The place of the definition itself is none. The first definition of a term
    holds. The time is linear in the length of the texts, however many terms there are.
    """
    root = _Node()
    for place, definition in enumerate(definitions):
        for form in _forms_of(definition.term):
            _plant(root, form, place, definition.any_case)
    own = {(definition.provision, definition.start) for definition in definitions}
    uses = []
    for number, text in enumerate(texts):
        words = _words_of(text)
        position = 0
        while position < len(words):
            longest = _find_longest(root, words, position)
            if longest is None:
                position += 1
                continue
            last, meant = longest
            if (number, words[position].start) not in own:
                uses.append(Use(meant, number, words[position].start, words[last].start + len(words[last].word)))
            position = last + 1
    return tuple(uses)


class _Word(NamedTuple):
    """A word of a text, or one other character, with its place."""

    start: int
    word: str


def _words_of(text: str) -> list[_Word]:
    """Return the words of a text without white space; a word ends at an apostrophe."""
    words = []
    position = 0
    for piece in pieces(text):
        for part in _APOSTROPHE.split(piece):
            if part.strip():
                words.append(_Word(position, part))
            position += len(part)
    return words


def _plant(root: _Node, form: str, place: int, any_case: bool) -> None:
    words = [each.word for each in _words_of(form)]
    node = root
    for word in words:
        node = node.following.setdefault(word.lower(), _Node())
    if any_case:
        node.in_any_case = place if node.in_any_case is None else node.in_any_case
    else:
        node.as_written.setdefault(" ".join(words), place)


def _find_longest(root: _Node, words: Sequence[_Word], position: int) -> tuple[int, int] | None:
    """Return the last word and the definition of the longest term that begins at a word, None if none does."""
    node = root
    longest = None
    for at in range(position, len(words)):
        following = node.following.get(words[at].word.lower())
        if following is None:
            break
        node = following
        place = node.definition_of(" ".join(each.word for each in words[position : at + 1])) if node.ends else None
        if place is not None:
            longest = at, place
    return longest


def _forms_of(term: str) -> list[str]:
    """Return a term and its plurals, English and French."""
    if _UNSPACED.search(term):
        return [term]
    if term.endswith(("s", "x", "z", "ch", "sh")):
        return [term, f"{term}es"]
    if term.endswith("y") and term[-2:-1] not in "aeiou":
        return [term, f"{term[:-1]}ies"]
    if term.endswith("al"):
        return [term, f"{term}s", f"{term[:-1]}ux"]
    return [term, f"{term}s", f"{term}x"] if term.endswith(("eau", "eu")) else [term, f"{term}s"]
