"""What contradicts another instruction is asked, and so are ranges and rows that can be meant in two ways."""

import pytest

from server.wording.hunks import hunks_between
from server.wording.instructions.edits import Deletion, Insertion, InstructionReading, Move, QuestionCode, WordsEdit
from server.wording.instructions.quotes import MARK
from server.wording.instructions.reading import read_instructions
from server.wording.instructions.vocabulary import LANGUAGES
from server.wording.instructions.writing import write_everywhere, write_instruction
from tests.wording.amended import HARBOUR, Row, amended_text

TEXT = amended_text(HARBOUR, frozenset({"Rules"}))
Q = QuestionCode
DELETED = "Delete paragraph 2 of Standard 3. "
OVERLAPPING = {
    "words of the deleted": ("In Standard 3, paragraph 2(a), replace “report” by “tell”.", (Deletion(8),)),
    "move out of it": ("Move Standard 3, paragraph 2(a) after Standard 3, paragraph 2(b).", (Deletion(8),)),
    "move of all of it": ("Move Standard 3, paragraph 2 after Standard 3, paragraph 4.", (Deletion(8),)),
    "move into it": ("Move Standard 3, paragraph 4 after Standard 3, paragraph 2(b).", (Deletion(8),)),
    "insertion into it": ("Insert a new point after point (a) of paragraph 2 of Standard 3: “Ask.”", (Deletion(8),)),
}


def read(words: str) -> tuple[tuple[object, ...], list[QuestionCode]]:
    reading = read_instructions(words, TEXT)
    return reading.edits, [question.code for question in reading.questions]


@pytest.mark.parametrize(("words", "edits"), OVERLAPPING.values(), ids=OVERLAPPING.keys())
def test_what_changes_inside_a_deletion_is_asked(words: str, edits: tuple[Deletion, ...]) -> None:
    assert read(words)[1] == []
    assert read(DELETED + words) == (edits, [Q.CHANGES_OVERLAP])
    assert read(words + "\n" + DELETED) == (edits, [Q.CHANGES_OVERLAP])


def test_insertion_after_a_deleted_leaf_replaces_it() -> None:
    words = "Delete Standard 3, paragraph 3. After Standard 3, paragraph 3 insert a paragraph: “It is secret.”"

    assert read(words) == ((Deletion(11), Insertion(11, "It is secret.")), [])
    assert read(words + "\nDelete Standard 3.") == ((Deletion(6),), [Q.CHANGES_OVERLAP])


def test_two_moves_of_a_provision_are_asked() -> None:
    words = "Move Standard 3, paragraph 3 after Standard 3, paragraph 1.\n"
    others = "Move Standard 3, paragraph 3 after Article 7, paragraph 1."

    assert read(words * 2) == ((Move(11, 7),), [])
    assert read(words + others) == ((), [Q.CHANGES_OVERLAP] * 2)


def test_deletion_that_is_asked_twice_or_covered_is_one() -> None:
    assert read("Delete Standard 3, paragraph 1.\n" * 2) == ((Deletion(7),), [])
    assert read("Delete Standard 3, paragraph 1. Delete Standard 3.") == ((Deletion(6),), [])


def test_insertion_that_is_asked_twice_is_asked() -> None:
    words = "After Standard 3, paragraph 3 insert a paragraph: “It is secret.”\n"

    assert read(words * 2) == ((Insertion(11, "It is secret."),), [Q.CHANGES_OVERLAP])


ROWS: list[Row] = [
    ("STANDARD", 2, "Standard 1", "A"),
    ("LIST_ITEM", 1, "1.", "one"),
    ("PARAGRAPH", 0, "", "loose words"),
    ("LIST_ITEM", 1, "2.", "two"),
    ("LIST_ITEM", 1, "2a.", "two and a half"),
    ("LIST_ITEM", 1, "3.", "three"),
    ("ARTICLE", 2, "Article 9", "B"),
    ("STANDARD", 2, "Standard 2", "C"),
    ("HEADING", 2, "", "D"),
    ("STANDARD", 2, "Standard 3", "E"),
    ("STANDARD", 2, "Standard 4", "F"),
    ("STANDARD", 2, "Standard 5", "G"),
]
RANGES = {
    "another sort between": ("Delete Standards 1 to 2.", (), [Q.PLACE_AMBIGUOUS]),
    "a heading without a number between": ("Delete Standards 2 to 3.", (), [Q.PLACE_AMBIGUOUS]),
    "words without a number between": ("Delete paragraphs 1 to 3 of Standard 1.", (), [Q.PLACE_AMBIGUOUS]),
    "all of one sort": ("Delete Standards 3 to 5.", (9, 10, 11), []),
    "a number with a letter between": ("Delete paragraphs 2 to 3 of Standard 1.", (3, 4, 5), []),
}


@pytest.mark.parametrize(("words", "deleted", "asked"), RANGES.values(), ids=RANGES.keys())
def test_range_holds_provisions_of_one_sort_or_is_asked(words: str, deleted: tuple[int, ...], asked: list[Q]) -> None:
    reading = read_instructions(words, amended_text(ROWS))

    assert reading.edits == tuple(map(Deletion, deleted))
    assert [question.code for question in reading.questions] == asked


def test_row_keeps_its_number_of_cells_unless_it_is_given_whole() -> None:
    place = "Annex I, table 1, row 2"
    whole = WordsEdit(21, hunks_between("Tug | EUR 10", "Tug | EUR 10 | 5"))

    assert read(f"In {place}, column 2, replace “EUR 10” by “EUR 10 | 5”.") == ((), [Q.PLACE_AMBIGUOUS])
    assert read(f"In {place}, delete “|”.") == ((), [Q.PLACE_AMBIGUOUS])
    assert read(f"{place} is replaced by the following: “Tug | EUR 10 | 5”") == ((whole,), [])
    assert read(f"In {place}, replace “Tug” by “Boat”.")[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_row_that_gets_another_cell_is_written_whole(language: str) -> None:
    edit = WordsEdit(21, hunks_between("Tug | EUR 10", "Tug | EUR 10 | 5"))

    instruction = write_instruction(edit, TEXT, language)

    assert read_instructions(instruction, TEXT) == InstructionReading((edit,), ())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [800, 1_000])
def test_list_of_places_is_read_back_or_not_written(size: int, language: str) -> None:
    text = amended_text([("STANDARD", 2, "Standard 1", "A"), *[("LIST_ITEM", 1, "-", "may")] * size])
    places = list(range(1, size + 1))

    instruction = write_everywhere("may", "can", places, text, language)

    reading = read_instructions(instruction, text)
    assert (len(reading.edits), reading.questions) == (size if instruction else 0, ())


def test_too_many_places_are_not_written() -> None:
    text = amended_text([("STANDARD", 2, "Standard 1", "A"), *[("LIST_ITEM", 1, "-", "may")] * 1_000])

    assert write_everywhere("may", "can", range(1, 301), text, "en")
    assert write_everywhere("may", "can", range(1, 1_001), text, "en") == ""


UNSAID = {
    "insertion": Insertion(11, f"New {MARK} words."),
    "words": WordsEdit(11, hunks_between(HARBOUR[11][3], f"The {MARK} is kept.")),
    "move into itself": Move(8, 9),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edit", UNSAID.values(), ids=UNSAID.keys())
def test_what_cannot_be_read_back_is_not_written(edit: Insertion | WordsEdit | Move, language: str) -> None:
    assert write_instruction(edit, TEXT, language) == ""
