"""The closed grammar of instructions, in English and French, as patterns over skeletons.

A skeleton has `MARK` for quoted words. Every pattern takes the whole of what it matches; what none takes is asked.
No group is repeated inside another, and places are bounded, so that time is linear in the number of instructions.
"""

import re
from functools import cache
from typing import NamedTuple

from server.wording.instructions.ordinals import ORDINAL
from server.wording.instructions.quotes import MARK as M

_HEADED = "|".join(
    f"(?<={word} )"
    for word in (
        *("section", "heading", "part", "chapter", "headed", "entitled", "titled", "rubrique", "partie", "chapitre"),
        *("titre", "intitulé", "intitulée"),
    )
)
_GOAL = rf"(?:[^{M}]|(?:{_HEADED}){M}){{1,150}}"
PLACE = _GOAL + "?"
"""The words of a place; a quotation in it is that of a heading."""

_IT = (
    r"(?:it|they|the same|such (?:word|term|phrase|expression)s?"
    r"|(?:that|the|those|these) (?:word|term|phrase|expression)s?)"
)
_APPEAR = r"(?:first )?(?:appears?|occurs?|(?:is|are) used)"
_IL = r"(?:il|elle|ils|elles|ce terme|ces mots|ce mot)"
_FIGURE = r"(?:appara[iî]t|apparaissent|figure|figurent|est utilisé|sont utilisés)"
OCCURRENCE = (
    r"(?:,? \(?(?:"
    r"(?:in |at |on )?(?:each|every|all|both|all the) (?:times?|places?|cases?|instances?|occurrences?|occasions?)"
    rf"(?:,? (?:(?:where|in which|that|at which) )?{_IT}? ?{_APPEAR})?"
    rf"|where(?:ver)? {_IT} (?:first )?(?:appears?|occurs?)|wherever (?:appearing|occurring)|throughout(?! ?\w)"
    rf"|(?:in |at |on )?the {ORDINAL} (?:time|place|occasion|occurrence|instance)"
    rf"(?: (?:(?:where|that|in which) )?{_IT} {_APPEAR})?"
    rf"|(?:à )?chaque (?:fois|occurrence)(?: qu'{_IL} {_FIGURE})?|partout(?: où {_IL} {_FIGURE})?"
    rf"|toutes les fois qu'{_IL} {_FIGURE}|dans (?:toutes ses|toutes leurs) occurrences"
    rf"|(?:à )?la {ORDINAL} (?:fois|occurrence)(?: (?:qu'|où ){_IL} {_FIGURE})?"
    r")\)?)"
)
_PRE = (
    rf"(?:(?:the |all |each |every |both |la |toutes les |chaque )?(?:{ORDINAL} )?(?:occurrences?|instances?)"
    r" (?:of|de|du|des) )"
)
_EN = (
    r"(?:(?:the |a |an )?(?:following |new )?(?:words?|phrases?|terms?|expressions?|figures?|numbers?|dates?|texts?"
    r"|passage|punctuation|reference(?: to)?|abbreviation|letters?)(?: or (?:words|phrase|figures?|expression))?,?:? )?"
)
_FR = (
    r"(?:(?:(?:le |la |les |des |de |du |aux? )|l'|d')?(?:mots?|termes?|expressions?|membres? de phrase|chiffres?"
    r"|nombres?|dates?|textes?|passage|référence|locution|abréviation)(?: (?:suivants?|suivantes?|à))?,?:? )?"
)
N = f"(?:{_EN}|{_FR})"
OLD = rf"(?P<pre>{_PRE})?{N}(?P<old>{M})(?P<occurrence>{OCCURRENCE})?,?"
_OLDS = (
    rf"(?P<pre>{_PRE})?{N}(?P<old>{M}(?:(?:, (?:and |et )?| and | et ){N}{M}){{0,20}})"
    rf"(?P<occurrence>{OCCURRENCE})?,?"
)
NEW = rf"{N}(?P<new>{M})"
_LATE = rf"{NEW}(?P<late>{OCCURRENCE})?"
_ANCHOR = rf"{N}(?P<anchor>{M})(?P<occurrence>{OCCURRENCE})?,?"
_BE = r"(?:is|are|shall be|should be|be|must be|to be|is hereby|are hereby)"
_EST = r"(?:est|sont|doit être|doivent être)"
_DELETE = r"(?:delete|omit|strike(?: out)?|striking(?: out)?|remove|leave out|repeal)"
_DELETED = r"(?:deleted|omitted|struck(?: out)?|stricken|removed|repealed)"
_EFFACER = r"(?:supprimer|rayer|biffer|retirer|abroger)"
_EFFACE = r"(?:supprimé|rayé|biffé|retiré|abrogé)e?s?"
_SIDE = r"(?P<side>(?:immediately |directly |right )?(?:after|before)|(?:immédiatement |juste )?(?:après|avant))"
_END = r"(?P<end>(?:at|to) the (?:beginning|start|end)|au début|à la fin)"
_THERE = r"(?:there (?:is|are|shall be) )?"
_INSERT = r"(?:insert|inserting|add|adding|there (?:is|are|shall be) (?:inserted|added))"
_INSERER = r"(?:insérer|ajouter|introduire|intercaler)"
_INSERE = r"(?:inséré|ajouté|introduit|intercalé)e?s?"


_IN = r"(?P<in>in|at|under|within|throughout|dans l'ensemble d(?:e|u)|dans|à|aux?|sous)"
_BEGINNING = (
    r"(?=(?:replace|substitute|change|delete|omit|strike|striking|by|remove|repeal|leave out|insert|add|move|transfer"
    r"|for|after|before|at the|the (?:words?|phrases?|terms?|expressions?|figures?|following)|remplacer|substituer"
    r"|supprimer|rayer|biffer|retirer|insérer|ajouter|déplacer|après|avant|les? (?:mots?|termes?)|l'expression)(?!\w)"
    rf"|{M})"
)
_LEAD = rf"(?:(?:{_IN} (?P<lead>{PLACE})(?: ?[,:—–] ?| {_BEGINNING})|(?P<bare>{PLACE}) ?[:—–] ))?"


class Phrase(NamedTuple):
    """A form of instruction: what it does, and the pattern of its words."""

    deed: str
    words: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern, with the place that may stand before it."""
        return compile_pattern(_LEAD + self.words)


def _phrases(deed: str, *patterns: str) -> list[Phrase]:
    return [Phrase(deed, pattern) for pattern in patterns]


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first used: together they take longer than all else when a server starts."""
    return re.compile(pattern, re.IGNORECASE)


CLAUSES = [
    *_phrases(
        "REPLACE",
        rf"(?:replace|substitute|change) {OLD} (?:by|with|to) {_LATE}",
        rf"substitute {_LATE} for {OLD}",
        rf"for {OLD} {_THERE}substituted? {_LATE}",
        rf"{OLD} {_BE} (?:replaced|substituted|changed) (?:by|with|to) {_LATE}",
        rf"(?:by )?(?:strike|striking)(?: out)? {OLD} and (?:insert|inserting)(?: in (?:lieu|place) thereof)? {_LATE}",
        rf"(?:remplacer|substituer) {OLD} par {_LATE}",
        rf"{OLD} {_EST} remplacée?s? par {_LATE}",
    ),
    *_phrases(
        "DELETE",
        rf"(?:by )?{_DELETE} {_OLDS}",
        rf"{_OLDS} {_BE} {_DELETED}",
        rf"{_EFFACER} {_OLDS}",
        rf"{_OLDS} {_EST} {_EFFACE}",
    ),
    *_phrases(
        "INSERT",
        rf"(?:by )?{_INSERT} {NEW},? {_SIDE} {_ANCHOR}",
        rf"{_INSERT} (?:the following|the following (?:words?|text|phrase)) {_SIDE} {_ANCHOR} ?: {NEW}",
        rf"{_SIDE} {_ANCHOR} {_INSERT} {NEW}",
        rf"{_SIDE} {_ANCHOR} {NEW} {_BE} (?:inserted|added)",
        rf"{NEW} {_BE} (?:inserted|added) {_SIDE} {_ANCHOR}",
        rf"{_INSERER} {NEW},? {_SIDE} {_ANCHOR}",
        rf"{_SIDE} {_ANCHOR} {_INSERER} {NEW}",
        rf"{_SIDE} {_ANCHOR} {NEW} {_EST} {_INSERE}",
        rf"{_SIDE} {_ANCHOR} {_EST} {_INSERE} {NEW}",
        rf"{NEW} {_EST} {_INSERE} {_SIDE} {_ANCHOR}",
        rf"{_INSERT} {NEW} {_END}",
        rf"{_END},? {_INSERT} {NEW}",
        rf"{NEW} {_BE} (?:inserted|added) {_END}",
        rf"{_INSERER} {NEW} {_END}",
        rf"{_END},? {_INSERER} {NEW}",
    ),
]
"""What is done to quoted words, in the words of a place that stands before or after."""

TAIL = re.compile(
    rf",? (?P<how>in|of|from|at|under|throughout|dans|de|du|à|au)(?: the (?:words|text) of)? (?P<tail>{PLACE})[.,]?$",
    re.IGNORECASE,
)
LINK = re.compile(r" ?[,;] ?(?:and |et |then |puis )?| and | et ", re.IGNORECASE)

SORTS = {
    **dict.fromkeys(("unnumbered paragraph", "paragraphe non numéroté"), "PARAGRAPH"),
    **dict.fromkeys(("numbered paragraph", "paragraphe numéroté"), "LIST_ITEM"),
    **dict.fromkeys(("sub-point", "sous-point"), "SUB_ITEM"),
    **dict.fromkeys(("heading", "intertitre"), "HEADING"),
    **dict.fromkeys(("title", "titre"), "TITLE"),
    **dict.fromkeys(("principle", "principe"), "PRINCIPLE"),
    **dict.fromkeys(("standard", "norme"), "STANDARD"),
    "section": "SECTION",
    "article": "ARTICLE",
    **dict.fromkeys(("annex", "annexe"), "ANNEX"),
    **dict.fromkeys(("table", "tableau"), "TABLE"),
    **dict.fromkeys(("row", "ligne"), "TABLE_ROW"),
    **dict.fromkeys(("footnote", "note de bas de page"), "FOOTNOTE"),
    **dict.fromkeys(("code block", "bloc de code"), "CODE"),
    **dict.fromkeys(("box", "encadré"), "BOX"),
}
"""The sort of unit that each noun means. The others say no more than the place does."""
PARAGRAPH_NOUNS = frozenset({"paragraph", "paragraphe", "alinéa", "subsection"})
POINT_NOUNS = frozenset({"point", "item", "indent", "bullet", "bullet point", "tiret", "puce"})
POINT_NOUNS |= {"sub-paragraph", "subparagraph", "sous-paragraphe"}
SENTENCE_NOUNS = frozenset({"sentence", "phrase", "words", "word", "text", "mots", "texte"})
PLAIN_NOUNS = frozenset({"provision", "disposition"})
_SORT = "|".join(sorted({*SORTS, *PARAGRAPH_NOUNS, *POINT_NOUNS, *SENTENCE_NOUNS, *PLAIN_NOUNS}, key=len)[::-1])
_NUMERAL = r"(?P<numeral>\(?[0-9]{1,3}(?:[a-z]{1,2}| (?:bis|ter|quater|quinquies))?\)?|\([a-z]{1,3}\)|[a-z]{1,2}\))"
WHAT = (
    r"(?:(?:the following|a|an|one|the|le|la|un|une|l'|les|des)(?: (?:new|additional|further|nouveau|nouvelle))?"
    rf" ?(?P<sort>{_SORT})?s?(?: (?:suivante?s?))?(?: (?:of level|de niveau) (?P<level>[0-9]))?"
    r"(?P<unstated> of no stated level| sans niveau indiqué)?"
    rf"(?: {_NUMERAL})?(?:,? (?:numbered|portant le numéro) (?P<number>{M}),?)?"
    rf"|(?:new |additional )?(?P<noun>{_SORT})(?: {_NUMERAL.replace('numeral', 'figure')})?)"
)
QUOTES = rf"(?P<words>{M}(?:(?: | ?, ?| and | et ){M}){{0,20}})"
_COLON = r" ?[:—–-]? ?"
POSITION = (
    r"(?P<where>(?:immediately |directly |right )?(?:after|before)|immediately following"
    r"|(?:at|to) the (?:beginning|start|end) of|(?:immédiatement |juste )?(?:après|avant)"
    r"|(?:au début|à la fin) d(?:e|u|es|'))"
)
_BY = (
    r"(?:by|with)(?: the following| the text)?"
    r"(?: (?:text|wording|words|paragraphs?|points?|sentences?|articles?|provision))?"
)
_PAR = (
    r"par(?: (?:le|la|les))?(?: (?:texte|libellé|paragraphe|phrase|article|point|alinéa|disposition))?"
    r"(?: (?:suivante?s?|qui suit|ce qui suit))?"
)
WHOLES = [
    *_phrases(
        "REWORD",
        rf"(?:replace|substitute) (?P<place>{PLACE}) {_BY}{_COLON}{QUOTES}",
        rf"for (?P<place>{PLACE}),? {_THERE}substituted?(?: the following)?{_COLON}{QUOTES}",
        rf"(?P<place>{PLACE}) {_BE} (?:replaced|substituted) {_BY}{_COLON}{QUOTES}",
        rf"(?P<place>{PLACE}) (?:shall(?: now)? read|should(?: now)? read|now reads?|reads?|to read"
        rf"|{_BE} (?:amended|revised|reworded) (?:to read|so as to read))(?: as follows)?{_COLON}{QUOTES}",
        rf"(?:amend|revise|reword) (?P<place>{PLACE}) (?:to read(?: as follows)?|as follows){_COLON}{QUOTES}",
        rf"remplacer (?P<place>{PLACE}) {_PAR}{_COLON}{QUOTES}",
        rf"(?P<place>{PLACE}) {_EST} remplacée?s? {_PAR}{_COLON}{QUOTES}",
        rf"(?P<place>{PLACE}) (?:se lit|se lira|se lisent|doit se lire|est (?:modifié|libellé|rédigé)e?)"
        rf" comme suit{_COLON}{QUOTES}",
    ),
    *_phrases(
        "DELETE",
        rf"{_DELETE} (?P<place>{PLACE})(?: in its entirety)?",
        rf"(?P<place>{PLACE}) {_BE} {_DELETED}(?: in its entirety)?",
        rf"{_EFFACER} (?P<place>{PLACE})",
        rf"(?P<place>{PLACE}) {_EST} {_EFFACE}",
    ),
    *_phrases(
        "ADD",
        rf"{_INSERT} {WHAT},? {POSITION} (?P<place>{PLACE}){_COLON}{QUOTES}",
        rf"{_INSERT} {POSITION} (?P<place>{PLACE}),?(?: {WHAT})?{_COLON}{QUOTES}",
        rf"{POSITION} (?P<place>{PLACE}),? {_INSERT}(?: {WHAT})?{_COLON}{QUOTES}",
        rf"{POSITION} (?P<place>{PLACE}),? {WHAT} {_BE} (?:inserted|added){_COLON}{QUOTES}",
        rf"{WHAT} {_BE} (?:inserted|added) {POSITION} (?P<place>{PLACE}){_COLON}{QUOTES}",
        rf"{WHAT} {_BE} (?:inserted|added) (?P<where>to|in) (?P<place>{PLACE}){_COLON}{QUOTES}",
        rf"{WHAT} {_BE} (?P<verb>inserted|added){_COLON}{QUOTES}",
        rf"(?:insert|add) {WHAT} (?P<where>to|in) (?P<place>{PLACE}){_COLON}{QUOTES}",
        rf"(?P<verb>insert|add) {WHAT}{_COLON}{QUOTES}",
        rf"{_INSERER} {WHAT},? {POSITION} ?(?P<place>{PLACE}){_COLON}{QUOTES}",
        rf"{_INSERER},? {POSITION} ?(?P<place>{PLACE}),?(?: {WHAT})?{_COLON}{QUOTES}",
        rf"{POSITION} ?(?P<place>{PLACE}),? {_INSERER}(?: {WHAT})?{_COLON}{QUOTES}",
        rf"{POSITION} ?(?P<place>{PLACE}),? {WHAT} {_EST} {_INSERE}{_COLON}{QUOTES}",
        rf"{POSITION} ?(?P<place>{PLACE}),? {_EST} {_INSERE} {WHAT}{_COLON}{QUOTES}",
        rf"{WHAT} {_EST} {_INSERE} {POSITION} ?(?P<place>{PLACE}){_COLON}{QUOTES}",
        rf"{WHAT} {_EST} (?P<verb>{_INSERE}){_COLON}{QUOTES}",
        rf"(?P<verb>{_INSERER}) {WHAT}{_COLON}{QUOTES}",
    ),
    *_phrases(
        "MOVE",
        rf"(?:move|transfer) (?P<place>{PLACE}),? {POSITION} (?P<goal>{_GOAL})",
        rf"(?P<place>{PLACE}) {_BE} (?:moved|transferred|placed),? {POSITION} (?P<goal>{_GOAL})",
        rf"déplacer (?P<place>{PLACE}),? {POSITION} ?(?P<goal>{_GOAL})",
        rf"(?P<place>{PLACE}) {_EST} (?:déplacé|placé|transféré)e?s?,? {POSITION} ?(?P<goal>{_GOAL})",
    ),
    *_phrases(
        "NUMBER",
        rf"(?P<place>{PLACE}) (?:{_BE} (?:re-?numbered|re-?lettered|re-?designated)|becomes?|devien(?:t|nent)"
        r"|(?:est|sont) renumérotée?s?)(?: (?:as|par|comme|the|le|la|les))?[^:]{0,80}",
    ),
]
"""What is done to whole provisions and sentences."""

_OTHERS = (
    r"(?:(?:the |any |all )*(?:subsequent |following |remaining |other |succeeding |existing )?"
    r"(?:paragraphs?|sub-?paragraphs?|points?|articles?|provisions?|standards?|sections?|annexes|footnotes?|references?|rest))"
)
_AUTRES = (
    r"(?:(?:les |la |le )?(?:autres )?(?:paragraphes?|alinéas?|points?|articles?|dispositions?|normes?|sections?"
    r"|annexes?|suite)(?: (?:suivante?s?|restante?s?))?)"
)
NOTHING = re.compile(
    rf"(?:(?:re-?number|re-?letter)(?: {_OTHERS})? accordingly"
    rf"|{_OTHERS} (?:is|are|shall be) (?:re-?numbered|re-?lettered) accordingly|make consequential re-?numbering"
    rf"|renuméroter(?: {_AUTRES})? en conséquence|{_AUTRES} (?:est|sont) renumérotée?s? en conséquence)",
    re.IGNORECASE,
)
"""Numbers follow from the places of provisions: there is nothing to do."""
HEADER = re.compile(
    rf"(?:(?:in|at|à|au|dans) )?(?P<place>{PLACE})(?:(?P<amended>,? (?:is|are|shall be)(?: hereby)?"
    r" amended(?: as follows)?|,? (?:est|sont) modifiée?s?(?: comme suit| ainsi qu'il suit)?) ?[:—–-]?| ?[:—–])",
    re.IGNORECASE,
)
UNQUOTED = re.compile(
    r".{0,400}(?:follow(?:s|ing)(?: [a-z]{1,20}){0,6}|comme suit|suivante?s?|qui suit|shall read|to read|insert"
    r"|substitute) ?[:—–-]?.{0,400}",
    re.IGNORECASE,
)
EVERY_PLACE = re.compile(
    r" ?(?:in|dans) (?:the following places|les passages suivants) ?: (?P<places>[^\n]{1,20000}?)\.?$", re.I
)
WHOLE_TEXT = re.compile(
    r"(?:the |le |du |de l'|l')?(?:whole |entire |ensemble du )?(?:text|document|instrument|texte)(?: entier)?",
    re.IGNORECASE,
)
