"""Write the place of a provision as instructions name it, so that reading it leads to that provision and no other."""

from collections.abc import Iterator

from server.wording.instructions.edits import Unclear
from server.wording.instructions.ordinals import print_ordinal
from server.wording.instructions.places import LONGEST_PLACE, read_place
from server.wording.instructions.quotes import find_quotations, quote
from server.wording.instructions.spots import ROW, TABLE, TITLE, AmendedText, TextSpot
from server.wording.labels import NumberLabel, print_core
from server.wording.numerals import Style

_WORDS = {
    "annex": ("Annex", "annexe"),
    "part": ("Part", "partie"),
    "title": ("Title", "titre"),
    "chapter": ("Chapter", "chapitre"),
    "section": ("Section", "section"),
    "principle": ("Principle", "principe"),
    "article": ("Article", "article"),
    "standard": ("Standard", "norme"),
    "recommendation": ("Recommendation", "recommandation"),
    "rule": ("Rule", "règle"),
    "paragraph": ("paragraph", "paragraphe"),
    "subparagraph": ("subparagraph", "alinéa"),
    "point": ("point", "point"),
}
"""The word of each sort of provision, in English and French."""
_COUNTED = {
    TABLE: ("table", "tableau"),
    ROW: ("row", "ligne"),
    "FOOTNOTE": ("footnote", "note"),
    "BOX": ("box", "encadré"),
}
_ORDINALS = {
    "PARAGRAPH": ("unnumbered paragraph", "alinéa non numéroté"),
    "LIST_ITEM": ("indent", "tiret"),
    "CODE": ("code block", "bloc de code"),
}
_ARTICLES = {
    **dict.fromkeys(("annexe", "article", "encadré", "intitulé"), "l'"),
    **dict.fromkeys(
        ("partie", "section", "norme", "recommandation", "règle", "ligne", "note", "disposition", "phrase"), "la "
    ),
}
_FIGURES = (Style.ARABIC, Style.FRENCH)
_OWN = {
    ("en", True): "the heading of ",
    ("en", False): "the introductory words of ",
    ("fr", True): "l'intitulé de ",
    ("fr", False): "le chapeau de ",
}
LONGEST_HEADING = 120


def name_place(spot: TextSpot, text: AmendedText, language: str) -> str:
    """Return the words for a provision, for its own words alone, or for a cell of a row.

    As few numbers around it are named as are needed, but at least those up to the next heading with a number. Where
    numbers are repeated, or there are none, it is counted from the beginning of the text.
    """
    for name in _list_names(spot.at, text, language):
        name = _add_part(name, spot, text, language)
        if _leads_to(name, spot, text):
            return name
    counted = f"la disposition {spot.at + 1}" if language == "fr" else f"provision {spot.at + 1}"
    return _add_part(counted, spot, text, language)


def _leads_to(name: str, spot: TextSpot, text: AmendedText) -> bool:
    try:
        return len(name) <= LONGEST_PLACE and read_place(find_quotations(name), text) == [spot]
    except Unclear:
        return False


def _list_names(at: int, text: AmendedText, language: str) -> Iterator[str]:
    """Yield the names of a provision, from the one that is to be preferred to the longest."""
    line = text.places.line_of(at)
    parts = [_name_one(each, text, language) for each in line]
    if not parts[0]:
        return
    first = next((place for place, each in enumerate(line) if text.is_heading(each) and text.places.labels[each]), None)
    if first is None:
        first = next((place for place, each in enumerate(line) if text.is_heading(each)), 0)
    for last in range(first, len(line)):
        name = ", ".join(part for part in reversed(parts[: last + 1]) if part)
        yield _add_article(name) if language == "fr" else name


def _add_article(name: str) -> str:
    """Return a French name with its article."""
    return name if name.startswith("le ") else _ARTICLES.get(name.split()[0], "le ") + name


def _name_one(at: int, text: AmendedText, language: str) -> str:
    """Return the word and number of one provision, "" if it has no name of its own."""
    column = language == "fr"
    label, unit = text.places.labels[at], text.units[at]
    if unit.kind == TITLE:
        return "le titre" if column else "the title"
    if label is not None:
        return f"{_WORDS[_kind_of(at, label, text)][column]} {_print_number(label)}"
    if text.is_heading(at):
        words = unit.text
        if not words.strip() or len(words) > LONGEST_HEADING or "\n" in words:
            return ""
        return f"section {quote(words, language)}"
    sort = text.sort_of(at)
    members = text.of_kind[text.places.entries[at].parent, sort]
    count = members.index(at) + 1
    if sort in _COUNTED:
        return f"{_COUNTED[sort][column]} {count}"
    if sort not in _ORDINALS:
        return ""
    return f"{print_ordinal(count, language)} {_ORDINALS[sort][column]}"


def _kind_of(at: int, label: NumberLabel, text: AmendedText) -> str:
    """Return the sort of provision by which a number is called: its own word, else as its place and figures suggest."""
    if label.word:
        return label.word
    if text.is_heading(at):
        return "section"
    is_paragraph = label.steps[-1].style in _FIGURES and text.places.positions[at].value == "TOP"
    return "paragraph" if is_paragraph else "point"


def _print_number(label: NumberLabel) -> str:
    """Return a number with its brackets and without other marks."""
    core = print_core(label)
    opening = label.before[-1:] if label.before[-1:] in ("(", "[") else ""
    closing = next((mark for mark in label.after if mark in ")]"), "")
    return f"{opening}{core}{closing}" if opening or not core[:1].isdigit() else core


def _add_part(name: str, spot: TextSpot, text: AmendedText, language: str) -> str:
    """Return the name with the column of a cell, or as that of a provision's own words."""
    if spot.span is not None:
        column = text.cells(spot.at).index(spot.span) + 1
        return f"{name}, {'colonne' if language == 'fr' else 'column'} {column}"
    if spot.is_own and text.units[spot.at].kind != TITLE:
        return (_OWN[language, text.is_heading(spot.at)] + name).replace(" de le ", " du ")
    return name
