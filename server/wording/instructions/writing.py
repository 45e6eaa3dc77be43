"""Write an edit as an instruction in words, in English or French, which `read_instructions` reads back exactly."""

from collections.abc import Iterator, Sequence

from server.wording.hunks import Hunk, apply_hunks
from server.wording.instructions.adding import number_beside
from server.wording.instructions.applying import unnumbered
from server.wording.instructions.clauses import write_clause
from server.wording.instructions.copied_numbers import may_be_numbered, print_next
from server.wording.instructions.edits import Deletion, Edit, Insertion, InstructionReading, Move, WordsEdit
from server.wording.instructions.naming import name_place
from server.wording.instructions.quotes import quote
from server.wording.instructions.reading import read_instructions
from server.wording.instructions.spots import ROW, TITLE, AmendedText, TextSpot
from server.wording.instructions.vocabulary import HEADINGS, NOUNS, WORDS
from server.wording.redline import Attributed, join_for_reading

MOST_CHANGES = 8
"""Changes of words that are told one by one; more are told as the whole new words."""


def write_instruction(edit: Edit, text: AmendedText, language: str) -> str:
    """Return the instruction for an edit of a text, in English or, for `fr`, in French; "" if no words say it exactly.

    Changes of words are told one by one where they are few, and else as the whole new words of the provision. What is
    written is read back before it is given.
    """
    for instruction in _list_instructions(edit, text, language):
        if instruction and read_instructions(instruction, text) == InstructionReading((edit,), ()):
            return instruction
    return ""


def _list_instructions(edit: Edit, text: AmendedText, language: str) -> Iterator[str]:
    """Yield the instructions that may say an edit, from the one that is to be preferred on."""
    if isinstance(edit, WordsEdit):
        yield _tell_changes(edit, text, language)
        yield _tell_words(edit, text, language)
    elif isinstance(edit, Insertion):
        yield _tell_insertion(edit, text, language)
        beside = number_beside(edit.after, edit.kind, edit.level, text) if may_be_numbered(edit.wording) else None
        if beside is not None:  # words that begin like a number lose it when they are read
            numbered = edit._replace(wording=f"{print_next(beside)} {edit.wording}")
            yield _tell_insertion(numbered, text, language)
    else:
        yield _tell_whole(edit, text, language)


def _tell_whole(edit: Deletion | Move, text: AmendedText, language: str) -> str:
    """Return the instruction for a provision that goes or moves."""
    words = WORDS[language]
    if isinstance(edit, Deletion):
        return words["remove"].format(place=name_place(TextSpot(edit.at), text, language))
    unit, goal = text.units[edit.at], text.units[edit.after]
    is_beside = text.is_heading(edit.at) and unit.level <= goal.level
    where = _say_where(edit.after, text, language, is_inside=text.is_heading(edit.after) and not is_beside)
    return words["move"].format(place=name_place(TextSpot(edit.at), text, language), where=where)


def write_everywhere(old: str, new: str, places: Sequence[int], text: AmendedText, language: str) -> str:
    """Return the instruction to replace words each time they stand in the own words of provisions, with their list.

    "" if they are more places than one instruction says.
    """
    words = WORDS[language]
    names = (name_place(_own_words_of(at, text), text, language) for at in places)
    form = {"old": quote(old, language), "new": quote(new, language), "occurrence": words["each"]}
    clause = words["replace" if new else "delete"].format(**form)
    instruction = words["places"].format(clause=clause[0].upper() + clause[1:], places="; ".join(names))
    reading = read_instructions(instruction, text)
    is_read = {edit.at for edit in reading.edits if isinstance(edit, WordsEdit)} == set(places)
    return instruction if is_read and not reading.questions else ""


def _own_words_of(at: int, text: AmendedText) -> TextSpot:
    return TextSpot(at, is_own=len(text.inside(at)) > 1 or text.units[at].kind == TITLE)


def _tell_changes(edit: WordsEdit, text: AmendedText, language: str) -> str:
    """Return the instruction that tells every change of words, "" where they are too many or cannot be told apart."""
    words, before = WORDS[language], text.units[edit.at].text
    changes = [each.hunk for each in join_for_reading(before, [Attributed(hunk, ()) for hunk in edit.hunks])]
    if len(changes) > MOST_CHANGES:
        return ""
    spot = _find_cell(edit.at, changes, text) or _own_words_of(edit.at, text)
    clauses = [write_clause(before, hunk, spot.span or (0, len(before)), language) for hunk in changes]
    if not all(clauses):
        return ""
    *first, last = clauses
    joined = f"{', '.join(first)}{words['and']}{last}" if first else last
    return words["lead"].format(place=name_place(spot, text, language), clauses=joined)


def _find_cell(at: int, changes: Sequence[Hunk], text: AmendedText) -> TextSpot | None:
    """Return the cell of a row in which all the changes are, None if there is none."""
    if text.units[at].kind != ROW:
        return None
    for start, end in text.cells(at):
        if start < end and all(start <= hunk.start and hunk.end <= end for hunk in changes):
            return TextSpot(at, (start, end))
    return None


def _tell_words(edit: WordsEdit, text: AmendedText, language: str) -> str:
    """Return the instruction that gives the whole new words of a provision."""
    before = text.units[edit.at].text
    after = apply_hunks(before, edit.hunks)
    number = text.places.entries[edit.at].printed_number
    if unnumbered(after, number) != after:
        after = f"{number} {after}"  # words that begin like their number lose it when they are read
    place = name_place(_own_words_of(edit.at, text), text, language)
    return WORDS[language]["reword"].format(place=place, words=quote(after, language))


def _tell_insertion(edit: Insertion, text: AmendedText, language: str) -> str:
    words = WORDS[language]
    what = NOUNS[language][edit.kind]
    anchor = None if edit.after is None else text.units[edit.after]
    is_heading = edit.after is not None and text.is_heading(edit.after)
    is_beside = anchor is not None and is_heading and edit.kind in HEADINGS and (edit.level or 0) <= anchor.level
    if edit.level is not None and not (is_beside and anchor and (edit.kind, edit.level) == anchor[:2]):
        what += words["level"].format(level=edit.level)
    elif edit.level is None and is_beside:
        what += words["unstated"]
    if edit.number is not None:
        what += words["numbered"].format(number=quote(edit.number, language))
    where = _say_where(edit.after, text, language, is_inside=edit.after is None or (is_heading and not is_beside))
    return words["add"].format(what=what, where=where, words=quote(edit.wording, language))


def _say_where(after: int | None, text: AmendedText, language: str, *, is_inside: bool) -> str:
    """Return where something goes: after a provision, or at the beginning of one or of the text."""
    words = WORDS[language]
    place = words["text"] if after is None else name_place(TextSpot(after), text, language)
    return words["beginning" if is_inside else "after"].format(place=place).replace(" de le ", " du ")
