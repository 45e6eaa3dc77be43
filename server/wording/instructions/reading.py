"""Read instructions in words: what they ask for as edits of a text, and as questions what they leave open.

The grammar is closed (`phrases`), English and French together. Nothing is guessed.
"""

import re
from collections.abc import Sequence

from server.wording.instructions.acting import act_on_whole, act_on_words
from server.wording.instructions.changes import Changes
from server.wording.instructions.edits import (
    InstructionReading,
    OpenQuestion,
    QuestionCode,
    Unclear,
)
from server.wording.instructions.headers import Headers
from server.wording.instructions.phrases import (
    CLAUSES,
    EVERY_PLACE,
    LINK,
    NOTHING,
    TAIL,
    UNQUOTED,
    WHOLES,
    Phrase,
)
from server.wording.instructions.quotes import MARK, Skeleton, find_quotations
from server.wording.instructions.scopes import PlaceScope, Scope, read_inside, read_scope
from server.wording.instructions.settling import settle
from server.wording.instructions.spots import AmendedText, TextSpot
from server.wording.instructions.statements import Instruction, cut_statements

LONGEST_INSTRUCTION = 400
"""Characters of one instruction without what it quotes."""
MOST_INSTRUCTIONS = 100
"""Instructions that are read at once."""
MOST_QUESTIONS = 20
"""Questions after which nothing more is read: a text that leaves so much open costs most, and says least."""
_LONGEST_SHOWN = 300


def read_instructions(instructions: str, text: AmendedText) -> InstructionReading:
    """Return the edits that instructions ask for, in their order, and the questions that they leave open.

    An instruction that leaves anything open gives no edit. All changes of the words of one provision are one edit.
    """
    try:
        statements = list(cut_statements(find_quotations(instructions)))
    except Unclear as unclear:
        return InstructionReading((), (OpenQuestion(unclear.code, instructions[:_LONGEST_SHOWN], unclear.about),))
    return _InstructionReader(text).read(statements)


class _InstructionReader:
    """What was read so far, and the places that the next instruction can lean on."""

    def __init__(self, text: AmendedText) -> None:
        self.text = text
        self.changes = Changes(text)
        self.questions: list[OpenQuestion] = []
        self.headers = Headers(text)
        self.former: PlaceScope | None = None

    def read(self, statements: Sequence[Instruction]) -> InstructionReading:
        for number, statement in enumerate(statements):
            if number == MOST_INSTRUCTIONS or len(self.questions) == MOST_QUESTIONS or self.changes.is_spent:
                self._ask(Unclear(QuestionCode.TOO_MANY, places=number), "")
                break
            before = self.changes.mark()
            try:
                self._read_one(statement)
            except Unclear as unclear:
                self.changes.undo(before)
                self.headers.note_unread(unclear.code, statement)
                self._ask(unclear, statement.skeleton.print())
        edits, unsettled = settle(self.changes)
        room = max(MOST_QUESTIONS - len(self.questions), 0)
        for open_end in unsettled[:room]:
            self._ask(open_end, "")
        if len(unsettled) > room:
            self._ask(Unclear(QuestionCode.TOO_MANY, places=len(unsettled)), "")
        return InstructionReading(edits, tuple(self.questions))

    def _ask(self, unclear: Unclear, instruction: str) -> None:
        words = instruction.strip()[:_LONGEST_SHOWN]
        self.questions.append(OpenQuestion(unclear.code, words, unclear.about[:_LONGEST_SHOWN], unclear.places))

    def _read_one(self, statement: Instruction) -> None:
        words = statement.skeleton.words
        if len(EVERY_PLACE.sub("", words)) > LONGEST_INSTRUCTION:
            raise Unclear(QuestionCode.OUTSIDE_GRAMMAR)
        self.headers.pass_label(statement.label)
        if NOTHING.fullmatch(words) or self.headers.read(statement):
            return
        former = self.former if statement.is_joined and not statement.label else None
        self.former = None
        if MARK in words and self._read_clauses(statement.skeleton, former):
            return
        for phrase in WHOLES:
            if match := phrase.pattern.fullmatch(words):
                scope = self._scope_of(match, statement.skeleton)
                act_on_whole(phrase.deed, match, statement.skeleton, scope, self.changes)
                return
        if MARK not in words and UNQUOTED.fullmatch(words):
            raise Unclear(QuestionCode.QUOTATION_MISSING)
        raise Unclear(QuestionCode.OUTSIDE_GRAMMAR)

    def _read_clauses(self, skeleton: Skeleton, former: PlaceScope | None) -> bool:
        """Read changes of quoted words, one after the other; return False if these are none."""
        words = skeleton.words
        matches: list[tuple[Phrase, re.Match[str]]] = []
        position, end = 0, len(words)
        while position < end:
            best = _find_longest(words, position)
            if best is None:
                break
            matches.append(best)
            position = best[1].end()
            link = LINK.match(words, position)
            if link and _find_longest(words, link.end()):
                position = link.end()
            else:
                break
        if not matches:
            return False
        scope: Scope | None = self._scope_of(matches[0][1], skeleton) if _has_lead(matches[0][1]) else former
        rest = words[position:]
        if rest.strip(" .,"):
            tail = TAIL.match(words, position)
            places = EVERY_PLACE.match(words, position)
            if (tail is None and places is None) or any(_has_lead(match) for _, match in matches):
                return False
            if places:
                scope = self._read_list(skeleton.cut(*places.span("places")))
            elif tail:
                scope = read_scope(skeleton.cut(*tail.span("tail")), tail["how"], self.text, self.headers.scope)
        for phrase, match in matches:
            if _has_lead(match) and match is not matches[0][1]:
                scope = self._scope_of(match, skeleton)
            act_on_words(phrase.deed, match, skeleton, scope or self.headers.scope, self.changes)
        self.former = scope if isinstance(scope, PlaceScope) else None
        return True

    def _read_list(self, skeleton: Skeleton) -> PlaceScope:
        """Return the scope of a list of places, in each of which every place is meant."""
        spots: list[TextSpot] = []
        start = 0
        for place in skeleton.words.split(";"):
            spots += read_inside(skeleton.cut(start, start + len(place)), self.text, self.headers.scope)
            start += len(place) + 1
        return PlaceScope(tuple(spots), is_each=True)

    def _scope_of(self, match: re.Match[str], skeleton: Skeleton) -> Scope:
        """Return where an instruction says that it is about, else what the header says."""
        if match["bare"]:
            return read_scope(skeleton.cut(*match.span("bare")), "", self.text, self.headers.scope)
        if match["lead"]:
            return read_scope(skeleton.cut(*match.span("lead")), match["in"], self.text, self.headers.scope)
        return self.headers.scope


def _find_longest(words: str, position: int) -> tuple[Phrase, re.Match[str]] | None:
    """Return the form that takes most of the words from a position on, None if none does."""
    best: tuple[Phrase, re.Match[str]] | None = None
    for phrase in CLAUSES:
        match = phrase.pattern.match(words, position)
        if match and (best is None or match.end() > best[1].end()):
            best = phrase, match
    return best


def _has_lead(match: re.Match[str]) -> bool:
    """Return whether a form begins by saying where it is about."""
    return bool(match["lead"] or match["bare"])
