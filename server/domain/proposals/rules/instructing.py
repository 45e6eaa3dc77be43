"""Say amendments as instructions in words, and say which amendments such instructions ask for. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from server.domain.proposals.rules.contents import (
    TEXT_LIMIT,
    AmendedFacts,
    AmendmentContent,
    NumberedWords,
    runs_asked,
    without_number,
)
from server.domain.texts.rules.provisions import NumberedProvision, list_entries
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import UnitKind
from server.wording.hunks import apply_hunks, hunks_between
from server.wording.instructions.edits import Deletion, Edit, Insertion, Move, OpenQuestion, WordsEdit
from server.wording.instructions.reading import read_instructions
from server.wording.instructions.spots import AmendedText, AmendedUnit
from server.wording.instructions.vocabulary import LANGUAGES
from server.wording.instructions.writing import write_instruction
from server.wording.redline import Run
from server.wording.targets import Places


class InstructedAmendment(NamedTuple):
    """An amendment that instructions ask for, with its words in runs and as the server says it."""

    content: AmendmentContent
    runs: tuple[Run, ...]
    instruction: str


class InstructionPreview(NamedTuple):
    """What instructions make of a text: the amendments that are clear, and what has to be asked."""

    amendments: tuple[InstructedAmendment, ...]
    questions: tuple[OpenQuestion, ...]


def check_instructions(words: str) -> list[Issue]:
    """Return every fault of instructions that does not depend on the text."""
    if not words.strip():
        return [Issue("instructions", IssueCode.EMPTY)]
    issues = [Issue("instructions", IssueCode.TOO_LONG, limit=TEXT_LIMIT)] if len(words) > TEXT_LIMIT else []
    return [*issues, Issue("instructions", IssueCode.NUL)] if "\0" in words else issues


def language_of(language: str) -> str:
    """Return the language in which instructions are written for a reader of a language: English unless French."""
    first = language.split("-")[0].lower()
    return first if first in LANGUAGES else LANGUAGES[0]


class InstructedText:
    """A version of a text as instructions see it, with the permanent keys of its provisions."""

    def __init__(self, provisions: Sequence[NumberedProvision], own_names: frozenset[str]) -> None:
        self.provisions = provisions
        self.places = {provision.key: at for at, provision in enumerate(provisions)}
        units = [AmendedUnit(str(each.kind), each.level, each.text) for each in provisions]
        self.text = AmendedText(Places(list_entries(provisions)), units, own_names)

    def preview(self, words: str, language: str) -> InstructionPreview:
        """Return what instructions make of the text."""
        reading = read_instructions(words, self.text)
        return InstructionPreview(tuple(self._show(edit, language) for edit in reading.edits), reading.questions)

    def _show(self, edit: Edit, language: str) -> InstructedAmendment:
        content = self._content_of(edit)
        provision = self.provisions[self.places[content.provision_id]] if content.provision_id else None
        facts = AmendedFacts(content.kind, content.wording, provision.text if provision else None)
        return InstructedAmendment(content, runs_asked(facts), write_instruction(edit, self.text, language))

    def _content_of(self, edit: Edit) -> AmendmentContent:
        """Return an edit as an amendment is drafted: without a number that is copied along with the words."""
        if isinstance(edit, WordsEdit):
            provision = self.provisions[edit.at]
            return AmendmentContent(AmendmentKind.MODIFY, provision.key, None, apply_hunks(provision.text, edit.hunks))
        if isinstance(edit, Deletion):
            return AmendmentContent(AmendmentKind.DELETE, self.provisions[edit.at].key)
        if isinstance(edit, Move):
            return AmendmentContent(AmendmentKind.MOVE, self.provisions[edit.at].key, self.provisions[edit.after].key)
        anchor = None if edit.after is None else self.provisions[edit.after]
        kind = UnitKind(edit.kind) if edit.kind else None
        content = AmendmentContent(
            AmendmentKind.ADD, anchor and anchor.key, None, edit.wording, kind, edit.level, edit.number
        )
        standing = {anchor.key: NumberedWords(anchor.printed_number, anchor.text, anchor.kind)} if anchor else {}
        return without_number(content, standing)

    def instruction_of(self, amendment: AmendmentContent, language: str) -> str | None:
        """Return the instruction for an amendment, None if what it names does not stand in the text or is unchanged.

        None as well if no instruction says it exactly.
        """
        edit = self._edit_of(amendment)
        return write_instruction(edit, self.text, language) or None if edit else None

    def _edit_of(self, amendment: AmendmentContent) -> Edit | None:
        named = [key for key in (amendment.provision_id, amendment.after_id) if key]
        if any(key not in self.places for key in named):
            return None
        at = self.places[amendment.provision_id] if amendment.provision_id else None
        if amendment.kind == AmendmentKind.ADD:
            kind = str(amendment.unit_kind) if amendment.unit_kind else None
            return Insertion(at, amendment.wording or "", kind, amendment.level, amendment.printed_number)
        if at is None:
            return None
        if amendment.kind == AmendmentKind.MODIFY:
            hunks = hunks_between(self.provisions[at].text, amendment.wording or "")
            return WordsEdit(at, hunks) if hunks else None
        if amendment.kind == AmendmentKind.DELETE:
            return Deletion(at)
        return Move(at, self.places[amendment.after_id]) if amendment.after_id else None


def instructions_of(
    text: InstructedText, amendments: Mapping[str, AmendmentContent], language: str
) -> dict[str, str | None]:
    """Return the instruction for each amendment of a text."""
    return {key: text.instruction_of(amendment, language) for key, amendment in amendments.items()}
