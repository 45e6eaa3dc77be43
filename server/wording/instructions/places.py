"""Read the words by which an instruction names a place: `Standard 3, paragraph 2`, `la deuxième phrase de la note 4`.

A place is never guessed: what several provisions are called is asked.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from server.wording.instructions.edits import QuestionCode, Unclear
from server.wording.instructions.ordinals import ORDINAL, value_of
from server.wording.instructions.quotes import MARK, Skeleton
from server.wording.instructions.resolving import PlaceStep, resolve_steps
from server.wording.instructions.spots import TITLE, AmendedText, TextSpot
from server.wording.provision_words import rank_of_kind
from server.wording.references import Reference, find_references

LONGEST_PLACE = 150
_NOUNS = {
    **dict.fromkeys(("paragraph", "sub-paragraph", "subparagraph", "alinéa", "paragraphe"), "PARAGRAPH"),
    **dict.fromkeys(("sentence", "phrase"), "SENTENCE"),
    **dict.fromkeys(("row", "ligne"), "TABLE_ROW"),
    **dict.fromkeys(("column", "cell", "colonne", "cellule"), "CELL"),
    **dict.fromkeys(("table", "tableau"), "TABLE"),
    **dict.fromkeys(("box", "encadré"), "BOX"),
    **dict.fromkeys(("footnote", "note", "note de bas de page"), "FOOTNOTE"),
    **dict.fromkeys(("indent", "bullet", "bullet point", "tiret", "puce"), "LIST_ITEM"),
    **dict.fromkeys(("code block", "bloc de code"), "CODE"),
    **dict.fromkeys(("heading", "intertitre"), "HEADING"),
    **dict.fromkeys(("provision", "disposition"), "PROVISION"),
}
_NOUN = "(?:" + "|".join(sorted(_NOUNS, key=len, reverse=True)) + ")"
_RANKS = {"PROVISION": 0, "HEADING": 4, "PARAGRAPH": 6, "LIST_ITEM": 6, "CODE": 6, "BOX": 6, "FOOTNOTE": 7}
_RANKS |= {"TABLE": 7, "TABLE_ROW": 8, "CELL": 9, "SENTENCE": 10}
_ARTICLE = r"(?:the |le |la |l'|les )?"
_SPECIAL = re.compile(
    rf"(?<!\w){_ARTICLE}(?:"
    rf"(?P<ordinal>{ORDINAL}) (?P<plain>unnumbered )?(?P<noun>{_NOUN})(?P<bare> non numérotée?)?(?!\w)"
    rf"|(?P<counted>table|row|column|cell|box|footnote|provision|tableau|ligne|colonne|cellule|encadré|note|disposition)"
    r" (?P<count>[0-9]{1,5})(?![\w.])"
    rf"|(?P<heading>section|heading|part|chapter|rubrique|partie|chapitre|titre)"
    rf"(?: (?:headed|entitled|titled|intitulée?))? (?P<headed>{MARK})"
    r"|(?P<own>heading|title|chapeau|introductory (?:words|wording|phrase|sentence|part)|opening words|titre|intitulé"
    r"|phrase introductive|mots introductifs|partie introductive)(?= (?:of|to|de|du|d')(?!\w))"
    r"|(?P<title>title|titre)(?: (?:of the text|du texte))?(?= ?,|$)"
    r")",
    re.IGNORECASE,
)
_OF = r"(?: (?:of|in|to|under|from|on|de|du|des|dans|à|au)(?: (?:the|la|le|les))?(?: l')? ?| d'| de l'| à l')"
_INSIDE = r"(?: ?, ?(?:(?:in|at|under|dans|à|au|aux|sous|du|de|des) )?(?:the |la |le |les |l')?| )"
_LINK = re.compile(rf"(?P<of>{_OF})|(?P<inside>{_INSIDE})", re.IGNORECASE)
_HEAD = re.compile(r"(?:in |at |under |dans |à |au |aux |sous )?(?:the |la |le |les |l')?", re.IGNORECASE)
_TAIL = re.compile(r" ?[,:—–-]? ?", re.IGNORECASE)
_SUBSECTION = re.compile(r"\bsubsection(s?)\b", re.IGNORECASE)


class _Atom(NamedTuple):
    """A part of the words of a place: from where to where, and the steps of each provision that it names."""

    start: int
    end: int
    paths: tuple[tuple[PlaceStep, ...], ...]
    through: tuple[bool, ...] = (False,)
    rank: int = 0


def read_place(skeleton: Skeleton, text: AmendedText, scope: TextSpot | None = None) -> list[TextSpot]:
    """Return the spots that the words of a place name: one, or several as in `paragraphs 2 to 4`.

    `scope` is a place that was named before, in which this one lies. Raise `Unclear` if the text has no such place, if
    several are called so, and for words that are in no form that is known.
    """
    place = _as_read(skeleton)
    if len(place.words) > LONGEST_PLACE:
        raise Unclear(QuestionCode.OUTSIDE_GRAMMAR, skeleton.print()[:LONGEST_PLACE])
    try:
        return _read(place, text, scope)
    except Unclear as unclear:
        raise Unclear(unclear.code, unclear.about or skeleton.print().strip(), unclear.places) from unclear


def is_complete(skeleton: Skeleton, text: AmendedText) -> bool:
    """Return whether the words of a place leave nothing before them open.

    The outermost provision that they name is then a heading, by its number or its words, or is counted from the
    beginning of the text.
    """
    words = _as_read(skeleton)
    step = _order(words.words, _list_atoms(words, text))[0].paths[0][0]
    if step.label is None:
        return step.kind in ("HEADED", TITLE, "PROVISION")
    return text.is_heading(resolve_steps([step], text, None).at)


def _as_read(skeleton: Skeleton) -> Skeleton:
    """Return the words of a place in one form."""
    return Skeleton(_SUBSECTION.sub(r"paragraph\1", skeleton.words.strip()), skeleton.quoted)


def _read(skeleton: Skeleton, text: AmendedText, scope: TextSpot | None) -> list[TextSpot]:
    atoms = _list_atoms(skeleton, text)
    if not atoms:
        raise Unclear(QuestionCode.OUTSIDE_GRAMMAR)
    ordered = _order(skeleton.words, atoms)
    *outer, last = ordered
    if any(len(atom.paths) > 1 for atom in outer):
        raise Unclear(QuestionCode.OUTSIDE_GRAMMAR)
    before = [step for atom in outer for step in atom.paths[0]]
    spots = [resolve_steps([*before, *path], text, scope) for path in last.paths]
    return list(_fill_ranges(spots, last.through, text))


def _list_atoms(skeleton: Skeleton, text: AmendedText) -> list[_Atom]:
    words = skeleton.words
    atoms: list[_Atom] = []
    headings = iter(skeleton.quoted)
    for match in _SPECIAL.finditer(words):
        step = _read_special(match, headings)
        atoms.append(_Atom(*match.span(), ((step,),), rank=_RANKS.get(step.kind, 0)))
    masked = _SPECIAL.sub(lambda match: ";" * len(match[0]), words)
    atoms += _read_numbers(find_references(masked), text)
    return sorted(atoms)


def _read_special(match: re.Match[str], headings: Iterator[str]) -> PlaceStep:
    if match["headed"]:
        return PlaceStep("HEADED", words=next(headings), is_bare=match["heading"].lower() in ("heading", "titre"))
    if match["own"]:
        return PlaceStep("OWN")
    if match["title"]:
        return PlaceStep("TITLE")
    if match["counted"]:
        return PlaceStep(_NOUNS[match["counted"].lower()], ordinal=int(match["count"]))
    is_bare = bool(match["plain"] or match["bare"])
    return PlaceStep(_NOUNS[match["noun"].lower()], ordinal=value_of(match["ordinal"]), is_bare=is_bare)


def _read_numbers(references: Sequence[Reference], text: AmendedText) -> Iterator[_Atom]:
    """Yield an atom for each word with its numbers: `paragraphs 2 to 4`, `Article 5(2)(a)`."""
    groups: list[list[int]] = []
    for place, reference in enumerate(references):
        if reference.instrument and reference.instrument not in text.own_names:
            raise Unclear(QuestionCode.PLACE_ELSEWHERE, reference.instrument)
        if reference.label is None or reference.relative:
            raise Unclear(QuestionCode.OUTSIDE_GRAMMAR)
        if reference.number_start - reference.start > 1 or reference.words[0] in "§¶":
            groups.append([])
        groups[-1].append(place)
    for group in groups:
        paths: dict[int, tuple[PlaceStep, ...]] = {}
        for place in group:
            reference = references[place]
            inside = paths.get(reference.within, ()) if reference.within is not None else ()
            own = PlaceStep(reference.kind, reference.label)
            paths[place] = (*inside, own)
        containers = {references[place].within for place in group}
        leaves = [place for place in group if place not in containers]
        yield _Atom(
            references[group[0]].start,
            references[group[-1]].end,
            tuple(paths[place] for place in leaves),
            tuple(references[place].through for place in leaves),
            rank_of_kind(references[group[0]].kind),
        )


def _order(words: str, atoms: Sequence[_Atom]) -> list[_Atom]:
    """Return the atoms from the outermost to the innermost, after checking what stands between them.

    After a comma comes what is inside, after `of` what is around; a place written from the inside to the outside with
    commas is told by its ranks. Raise `Unclear` for other words between, before and after.
    """
    head, tail = words[: atoms[0].start], words[atoms[-1].end :]
    if not _HEAD.fullmatch(head) or not _TAIL.fullmatch(tail):
        raise Unclear(QuestionCode.OUTSIDE_GRAMMAR)
    segments = [[atoms[0]]]
    for left, right in pairwise(atoms):
        link = _LINK.fullmatch(words[left.end : right.start])
        if link is None:
            raise Unclear(QuestionCode.OUTSIDE_GRAMMAR)
        if link["of"]:
            segments[-1].append(right)
        else:
            segments.append([right])
    ranks = [segment[0].rank for segment in segments]
    if len(segments) > 1 and all(len(each) == 1 for each in segments) and ranks == sorted(set(ranks), reverse=True):
        segments.reverse()
    ordered = [atom for segment in segments for atom in reversed(segment)]
    # "the heading of Standard 3, section 2" is that of the section
    return sorted(ordered, key=lambda atom: atom is atoms[0] and atom.paths[0][0].kind == "OWN")


def _fill_ranges(spots: Sequence[TextSpot], through: Sequence[bool], text: AmendedText) -> Iterator[TextSpot]:
    """Yield the spots, and for `2 to 4` those between: what stands beside the first up to the last."""
    for place, (spot, is_range) in enumerate(zip(spots, through, strict=True)):
        if is_range:
            first = spots[place - 1].at
            yield from map(TextSpot, _list_between(first, spot.at, text))
        yield spot


def _list_between(first: int, last: int, text: AmendedText) -> Sequence[int]:
    """Return the provisions between the ends of a range.

    Raise `Unclear` if one is of another sort than they are, or without a number: it may be meant or not.
    """
    siblings = text.children[text.places.entries[first].parent]
    if last not in siblings or last <= first:
        raise Unclear(QuestionCode.PLACE_AMBIGUOUS)
    members = siblings[siblings.index(first) : siblings.index(last) + 1]
    if any(_sort_of_number(at, text) != _sort_of_number(first, text) for at in members):
        raise Unclear(QuestionCode.PLACE_AMBIGUOUS)
    return members[1:-1]


def _sort_of_number(at: int, text: AmendedText) -> tuple[str, str] | None:
    """Return what a provision is counted among: its sort and the word of its number, None without a number."""
    label = text.places.labels[at]
    return (text.sort_of(at), label.word) if label else None
