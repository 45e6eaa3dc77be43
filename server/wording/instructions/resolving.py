"""Find the provision that the steps of a place lead to, one inside the other; what could be several is unclear."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from server.wording.instructions.edits import QuestionCode, Unclear
from server.wording.instructions.spots import ROW, TABLE, TITLE, AmendedText, TextSpot
from server.wording.labels import NumberLabel, key_of, print_core
from server.wording.targets import Unresolved

Member = TypeVar("Member")


class PlaceStep(NamedTuple):
    """One step of a place: a number of a sort of provision, or the first, second or last of a sort.

    `kind` is a sort of `provision_words` with a label, else a sort of unit, SENTENCE, CELL, HEADED (by its words), OWN
    or PROVISION. `is_bare` says that only those without a number are counted, of HEADED that only the heading is meant.
    """

    kind: str
    label: NumberLabel | None = None
    ordinal: int = 0
    words: str = ""
    is_bare: bool = False


_PARAGRAPHS = frozenset({"paragraph", "subparagraph", "point", ""})
_WITH_WORD = frozenset({"annex", "title", "principle", "article", "standard", "recommendation", "rule"})
_THROUGHOUT = (TABLE, "FOOTNOTE", "BOX")
"""Sorts that are counted through a whole section where none stands directly in it."""


def resolve_steps(steps: Sequence[PlaceStep], text: AmendedText, scope: TextSpot | None) -> TextSpot:
    """Return the spot at the end of the steps. Raise `Unclear` if there is none, or if several could be meant."""
    spot = scope
    is_own = bool(scope and scope.is_own)
    for step in steps:
        if spot and spot.span:
            raise Unclear(QuestionCode.PLACE_UNKNOWN)
        is_own = step.kind in ("OWN", TITLE) or (step.kind == "HEADED" and step.is_bare)
        if step.kind == "OWN":
            continue
        if step.label is not None:
            spot = TextSpot(_find_number(step.kind, step.label, text, spot.at if spot else None))
        elif step.kind in ("SENTENCE", "CELL"):
            spot = _find_part(step, text, spot)
        else:
            spot = TextSpot(_find_counted(step, text, spot.at if spot else None))
    if spot is None:
        raise Unclear(QuestionCode.PLACE_MISSING)
    return spot._replace(is_own=is_own)


def _find_number(kind: str, label: NumberLabel, text: AmendedText, scope: int | None) -> int:
    """Return the provision of a number inside a scope, whatever position its number has.

    The only one directly in the scope is meant; otherwise the only one of all. A paragraph or a point is no heading, a
    section without its word is one.
    """
    everywhere = range(0, len(text.units))
    numbers = text.places.numbers_of(kind, key_of(label))
    headings = [number for number in numbers if str(number[1] and number[1].value) == "HEADING"]
    others = [number for number in numbers if number not in headings]
    if kind not in text.places.words and kind in _WITH_WORD:
        raise Unclear(QuestionCode.PLACE_UNKNOWN)  # a number without a word is no article, annex or standard
    is_heading = kind not in text.places.words and kind not in _PARAGRAPHS
    targets = [text.places.find([number], scope, everywhere) for number in (headings if is_heading else others)]
    places = [target for target in targets if isinstance(target, int)]
    direct = [at for at in places if scope is not None and text.places.entries[at].parent == scope]
    if len(direct) == 1:
        return direct[0]
    if Unresolved.AMBIGUOUS in targets or len(places) > 1:
        raise Unclear(QuestionCode.PLACE_AMBIGUOUS, print_core(label))
    if not places:
        raise Unclear(QuestionCode.PLACE_UNKNOWN)
    return places[0]


def _find_part(step: PlaceStep, text: AmendedText, spot: TextSpot | None) -> TextSpot:
    """Return the sentence or the cell of a provision."""
    if spot is None:
        raise Unclear(QuestionCode.PLACE_MISSING)
    is_row = text.units[spot.at].kind == ROW
    if (step.kind == "CELL") != is_row:
        raise Unclear(QuestionCode.PLACE_UNKNOWN)
    if not is_row and len(text.inside(spot.at)) > 1:
        raise Unclear(QuestionCode.PLACE_AMBIGUOUS)  # the sentences of what stands in it may be meant as well
    spans = text.cells(spot.at) if is_row else text.sentences(spot.at)
    return TextSpot(spot.at, _take(spans, step.ordinal))


def _find_counted(step: PlaceStep, text: AmendedText, scope: int | None) -> int:
    """Return the provision that is counted, or named by its words, inside a scope."""
    inside = range(0, len(text.units)) if scope is None else text.inside(scope)
    if step.kind == "PROVISION":
        return _take(range(len(text.units)), step.ordinal)
    if step.kind == "HEADED":
        members: Sequence[int] = [at for at in text.by_words.get(step.words, ()) if at in inside]
        if len(members) > 1:
            raise Unclear(QuestionCode.PLACE_AMBIGUOUS, step.words, len(members))
        return _take(members, 1)
    if step.kind == TITLE:
        return _take([at for at in inside if text.units[at].kind == TITLE], 1)
    members = text.of_kind.get((scope, step.kind), ())
    if not members and step.kind in _THROUGHOUT:
        members = [at for at in inside if text.units[at].kind == step.kind]
    if step.kind == "PARAGRAPH" and not step.is_bare and _has_others(text, scope):
        raise Unclear(QuestionCode.PLACE_AMBIGUOUS)
    return _take(members, step.ordinal)


def _has_others(text: AmendedText, scope: int | None) -> bool:
    """Return whether numbered paragraphs or headings stand in a scope, so that somebody may count other paragraphs."""
    return any(text.places.labels[at] is not None or text.is_heading(at) for at in text.children.get(scope, ()))


def _take(members: Sequence[Member], ordinal: int) -> Member:
    """Return the member of a number from 1, the last one for -1. Raise `Unclear` if there is none."""
    place = ordinal - 1 if ordinal > 0 else len(members) + ordinal
    if not 0 <= place < len(members):
        raise Unclear(QuestionCode.PLACE_UNKNOWN)
    return members[place]
