"""Turn instructions that were recognized into changes of the text: of words, of sentences, of whole provisions."""

import re
from collections.abc import Iterator, Sequence

from server.wording.hunks import Hunk
from server.wording.instructions.adding import add_provisions, place_of_move
from server.wording.instructions.applying import EACH, choose, delete, insert, trim_pair, unnumbered
from server.wording.instructions.changes import Changes
from server.wording.instructions.copied_numbers import check_lines
from server.wording.instructions.edits import Deletion, Move, QuestionCode, Unclear
from server.wording.instructions.ordinals import LAST, ORDINAL, value_of
from server.wording.instructions.phrases import SENTENCE_NOUNS, WHOLE_TEXT
from server.wording.instructions.quotes import Skeleton
from server.wording.instructions.scopes import PlaceScope, Scope, read_inside
from server.wording.instructions.spots import WHOLE, AmendedText, TextSpot

_ORDINAL = re.compile(rf"(?<!\w){ORDINAL}(?!\w)", re.IGNORECASE)
_FIRST = re.compile(r"(?<!\w)first (?:appears?|occurs?)(?!\w)", re.IGNORECASE)
_EVERY = re.compile(r"(?<!\w)(?:all|each|every|both|toutes|chaque)(?!\w)", re.IGNORECASE)


def act_on_words(deed: str, match: re.Match[str], skeleton: Skeleton, scope: Scope, changes: Changes) -> None:
    """Add the changes of quoted words that a clause asks for, in every spot of its scope."""
    if not isinstance(scope, PlaceScope):
        raise Unclear(QuestionCode.PLACE_MISSING)
    groups = match.groupdict()
    occurrence = _read_occurrence(groups)
    if occurrence is None and scope.is_each:
        occurrence = EACH
    new = skeleton.cut(*match.span("new")).quoted[0] if groups.get("new") else ""
    for group in _groups_of(scope, changes.text):
        if deed == "INSERT" and groups.get("end"):
            _insert_at_end(group, new, groups["end"], changes)
        elif deed == "INSERT":
            anchor = skeleton.cut(*match.span("anchor")).quoted[0]
            is_after = not re.search("before|avant", groups["side"], re.IGNORECASE)
            for at, (start, end) in _choose_among(anchor, group, changes, occurrence):
                words = changes.text.units[at].text
                changes.change(at, insert(words, end if is_after else start, new, after=is_after))
        else:
            for quoted in skeleton.cut(*match.span("old")).quoted:
                old, put = trim_pair(quoted, new)
                places = _choose_among(old, group, changes, occurrence)
                if _says_both(groups) and len(places) != 2:
                    raise Unclear(QuestionCode.WORDS_REPEATED, old, len(places))
                for at, (start, end) in places:
                    words = changes.text.units[at].text
                    hunk = Hunk(start, end, put) if deed == "REPLACE" and put else delete(words, start, end)
                    changes.change(at, hunk)


def _read_occurrence(groups: dict[str, str | None]) -> int | None:
    """Return which of several places is meant, None where it is not said."""
    after = groups.get("occurrence") or groups.get("late")
    phrase = " ".join(filter(None, (groups.get("pre"), after))).strip(" ,()")
    if not phrase:
        return None
    if _FIRST.search(phrase):
        return 1
    if ordinal := _ORDINAL.search(phrase):
        return value_of(ordinal[0])
    if groups.get("pre") and not after and not _EVERY.search(phrase):
        return None
    return EACH


def _says_both(groups: dict[str, str | None]) -> bool:
    """Return whether an instruction counts on words standing twice."""
    return any("both" in (groups.get(name) or "").lower() for name in ("pre", "occurrence", "late"))


def _groups_of(scope: PlaceScope, text: AmendedText) -> Iterator[list[TextSpot]]:
    """Yield for each spot of a scope the spots in which words are looked for: it and what stands in it."""
    if scope.spots is None:
        yield [TextSpot(at) for at in range(len(text.units))]
        return
    for spot in scope.spots:
        if spot.span or spot.is_own:
            yield [spot]
        else:
            yield [TextSpot(at) for at in text.inside(spot.at)]


def _choose_among(
    words: str, spots: Sequence[TextSpot], changes: Changes, occurrence: int | None
) -> list[tuple[int, tuple[int, int]]]:
    """Return the places of words that are meant, among all the spots together, with the provision of each."""
    places: list[tuple[int, tuple[int, int]]] = []
    for spot in spots:
        own = changes.text.units[spot.at].text
        changes.search(words, own)
        try:
            spans = choose(words, own, spot.span or (0, len(own)), EACH)
        except Unclear as unclear:
            if unclear.code is QuestionCode.WORDS_NOT_FOUND:
                continue
            raise
        places += [(spot.at, span) for span in spans]
    if not places:
        raise Unclear(QuestionCode.WORDS_NOT_FOUND, words)
    if occurrence == EACH:
        return places
    if occurrence is None:
        if len(places) > 1:
            raise Unclear(QuestionCode.WORDS_REPEATED, words, len(places))
        return places
    place = len(places) - 1 if occurrence == LAST else occurrence - 1
    if not 0 <= place < len(places):
        raise Unclear(QuestionCode.WORDS_NOT_FOUND, words, len(places))
    return [places[place]]


def _insert_at_end(spots: Sequence[TextSpot], words: str, end: str, changes: Changes) -> None:
    """Add words at the beginning or the end of a spot that has nothing inside."""
    if len(spots) != 1:
        raise Unclear(QuestionCode.SECTION_MEANT)
    spot = spots[0]
    text = changes.text.units[spot.at].text
    first, last = spot.span or (0, len(text))
    is_end = end.lower().endswith(("end", "fin"))
    changes.change(spot.at, insert(text, last if is_end else first, words, after=is_end))


def act_on_whole(deed: str, match: re.Match[str], skeleton: Skeleton, scope: Scope, changes: Changes) -> None:
    """Add what is asked for whole provisions, or for sentences and cells."""
    groups = match.groupdict()
    if deed == "NUMBER":
        raise Unclear(QuestionCode.NUMBER_FOLLOWS, groups["place"])
    text = changes.text
    quoted = skeleton.cut(*match.span("words")).quoted if groups.get("words") else ()
    spots: list[TextSpot] = []
    if deed == "ADD" and groups.get("place") and WHOLE_TEXT.fullmatch(groups["place"] or ""):
        spots = [WHOLE]
    elif groups.get("place"):
        spots = read_inside(skeleton.cut(*match.span("place")), text, scope)
    if deed == "REWORD":
        _reword(spots, quoted, changes)
    elif deed == "DELETE":
        for spot in spots:
            _delete(spot, changes)
    elif deed == "MOVE":
        goal = read_inside(skeleton.cut(*match.span("goal")), text, scope)
        if len(spots) != 1 or len(goal) != 1:
            raise Unclear(QuestionCode.PLACE_AMBIGUOUS, places=max(len(spots), len(goal)))
        changes.add(Move(spots[0].at, place_of_move(groups["where"], spots[0], goal[0], text)))
    elif len(spots) == 1 and spots[0] != WHOLE and _adds_words(groups, spots[0]):
        _add_words(spots[0], groups.get("where") or "", quoted, changes)
    else:
        changes.add(*add_provisions(match, skeleton, spots, scope, text))


def _reword(spots: Sequence[TextSpot], quoted: Sequence[str], changes: Changes) -> None:
    """Give one spot other words."""
    if len(spots) != 1 or len(quoted) != 1:
        raise Unclear(QuestionCode.PLACE_AMBIGUOUS, places=max(len(spots), len(quoted)))
    spot, text = spots[0], changes.text
    if len(text.inside(spot.at)) > 1 and not spot.is_own and not spot.span:
        raise Unclear(QuestionCode.SECTION_MEANT)
    before = text.units[spot.at].text
    start, end = spot.span or (0, len(before))
    words = quoted[0]
    if not spot.span:
        check_lines(words, text.places.labels[spot.at])
        words = unnumbered(words, text.places.entries[spot.at].printed_number)
    changes.change(spot.at, Hunk(start, end, words))


def _delete(spot: TextSpot, changes: Changes) -> None:
    """Delete a provision with all that is in it, or a sentence."""
    if spot.is_own:
        raise Unclear(QuestionCode.SECTION_MEANT)
    if spot.span is None:
        changes.add(Deletion(spot.at))
        return
    changes.change(spot.at, delete(changes.text.units[spot.at].text, *spot.span))


def _adds_words(groups: dict[str, str | None], spot: TextSpot) -> bool:
    """Return whether words or a sentence are added to a provision, and not another provision."""
    sort = (groups.get("sort") or groups.get("noun") or "").lower()
    return spot.span is not None or sort in SENTENCE_NOUNS


def _add_words(spot: TextSpot, where: str, quoted: Sequence[str], changes: Changes) -> None:
    """Add words at the beginning or the end of a provision, or beside a sentence."""
    text = changes.text
    words = text.units[spot.at].text
    side = where.lower()
    is_edge = bool(re.search(r"\b(?:beginning|start|end|début|fin)\b", side))
    if len(quoted) != 1 or (not is_edge and spot.span is None):
        raise Unclear(QuestionCode.SORT_UNCLEAR)
    if len(text.inside(spot.at)) > 1 and not spot.is_own and spot.span is None:
        raise Unclear(QuestionCode.SECTION_MEANT)
    first, last = spot.span or (0, len(words))
    is_after = not re.search(r"\b(?:before|avant|beginning|start|début)\b", side)
    changes.change(spot.at, insert(words, last if is_after else first, quoted[0], after=is_after))
