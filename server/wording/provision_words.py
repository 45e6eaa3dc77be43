"""Know the words that name a provision (Article, annexe, Norm, статья, 条) in the languages of the organizations."""

import re
from typing import NamedTuple


class ProvisionWord(NamedTuple):
    """One sort of provision: its rank, 0 for what contains most, and its words as a regular expression."""

    rank: int
    words: str


PROVISION_WORDS = {
    "annex": ProvisionWord(
        0,
        r"annex(?:es|e|es)?|appendi(?:x|ces|xes)|schedules?|anexos?|allegat[oi]|anlagen?|anhang|anhänge|приложени[еяйю]м?",
    ),
    "part": ProvisionWord(1, r"parts?|parties?|partes?|teile?|част[ьи]"),
    "title": ProvisionWord(1, r"titles?|titres?|títulos?|titel"),
    "chapter": ProvisionWord(2, r"chapters?|chapitres?|capítulos?|kapiteln?|глав[аыеу]"),
    "section": ProvisionWord(3, r"sections?|sec\.|secci(?:ón|ones)|abschnitte?n?|раздел[аыеу]?"),
    "principle": ProvisionWord(
        3, r"principles?|principes?|principios?|grundsätzen?|grundsatz|prinzip(?:ien)?|принцип[аыу]?"
    ),
    "article": ProvisionWord(
        4, r"articles?|arts?\.?|artikeln?|artículos?|artigos?|articol[oi]|стат(?:ья|ьи|ье|ей|ью|ьям)|ст\."
    ),
    "standard": ProvisionWord(4, r"standards?|normes?|normas?|norm(?:en)?|стандарт[аыеу]?"),
    "recommendation": ProvisionWord(4, r"recommendations?|recommandations?|recomendaci(?:ón|ones)|empfehlung(?:en)?"),
    "rule": ProvisionWord(4, r"rules?|règles?|reglas?|regeln?|правил[аоу]?"),
    "paragraph": ProvisionWord(
        5, r"(?:para(?:graph)?s?|paras?\.|paragraphes?|párrafos?|absatz|absätzen?|abs\.|пункт[аыеу]?(?:ов|ах|ам)?|п\.)"
    ),
    "subparagraph": ProvisionWord(
        6,
        r"sub-?\s?paragraphs?|sous-paragraphes?|alinéas?|incisos?|apartados?|unterabsatz|unterabsätzen?|подпункт[аыеу]?",
    ),
    "point": ProvisionWord(6, r"points?|items?|clauses?|lettres?|letras?|buchstaben?|indents?|lit\."),
}
"""Sorts of provisions. Abbreviations carry their full stop."""

CHINESE_WORDS = {
    **{"部分": "part", "章": "chapter", "节": "section", "節": "section", "条": "article", "條": "article"},
    **{"款": "paragraph", "段": "paragraph", "项": "subparagraph", "項": "subparagraph", "目": "point"},
}
"""Words that stand after their number: 第五条."""

CHINESE_PREFIXES = {"附件": "annex", "附录": "annex", "标准": "standard", "标準": "standard", "原则": "principle"}
"""Words that stand before their number without a space: 附件二."""

_SIGNS = {"§": "section", "¶": "paragraph", "المادة": "article", "الفقرة": "paragraph"}

WORD = "(?:" + "|".join(f"(?:{kind.words})" for kind in PROVISION_WORDS.values()) + ")"
"""Matches a word of any sort, case ignored by the pattern that takes it. Signs and Chinese words are apart."""

SIGN = "(?:" + "|".join((*(re.escape(sign) + "{1,2}" for sign in "§¶"), "المادة", "الفقرة")) + ")"
"""Matches a word or sign that is written without case."""

_PLURALS = re.compile(
    r"(?:artikeln?|anlagen|absätzen?|teile|normen|buchstaben|abschnitten?|kapiteln?|regeln|grundsätzen?|anhänge|§§|¶¶"
    r"|[^\W\d]+(?:ces|s|ei|[ыи]|ов|ах|ям|ам)|articoli|allegati|arts\.|paras\.|المادة|الفقرة)",
    re.IGNORECASE,
)
_KINDS = [(kind, re.compile(word.words, re.IGNORECASE)) for kind, word in PROVISION_WORDS.items()]


def kind_of_word(word: str) -> str:
    """Return the sort of provision that a word names in any language and number, "" if it names none."""
    word = word.strip()
    if word in CHINESE_WORDS or word in CHINESE_PREFIXES:
        return CHINESE_WORDS.get(word) or CHINESE_PREFIXES[word]
    if sign := _SIGNS.get(word[:1]) or _SIGNS.get(word):
        return sign
    return next((kind for kind, words in _KINDS if words.fullmatch(word)), "")


def is_plural(word: str) -> bool:
    """Return whether a word for provisions announces several, or is the same for one and for several."""
    return bool(_PLURALS.fullmatch(word.strip()))


def rank_of_kind(kind: str) -> int:
    """Return how much a sort of provision contains: 0 for an annex, 6 for a point."""
    return PROVISION_WORDS[kind].rank
