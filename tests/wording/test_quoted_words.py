"""Words that instructions quote: found as a reader sees them, and put in with the spaces that they need."""

import pytest

from server.wording.hunks import apply_hunks
from server.wording.instructions.edits import QuestionCode, WordsEdit
from server.wording.instructions.reading import read_instructions
from tests.wording.amended import Row, amended_text

ROWS: tuple[Row, ...] = (
    ("STANDARD", 2, "Standard 1", "Marks"),
    ("PARAGRAPH", 0, "", "L\u2019article vaut. L\u2019article reste."),
    ("PARAGRAPH", 0, "", "L'article passe."),
    ("PARAGRAPH", 0, "", "Pay EUR\u00a010 now. Pay EUR 10 later."),
    ("PARAGRAPH", 0, "", "Keep a risk approach to commerce and autorité for ten hours."),
)
TEXT = amended_text(ROWS)


def words_after(instruction: str) -> list[str]:
    reading = read_instructions(instruction, TEXT)
    assert not reading.questions
    return [apply_hunks(ROWS[edit.at][3], edit.hunks) for edit in reading.edits if isinstance(edit, WordsEdit)]


def test_each_place_is_changed_whatever_its_apostrophe() -> None:
    instruction = "In Standard 1, replace “L'article” by “La règle” each time it appears."

    assert words_after(instruction) == ["La règle vaut. La règle reste.", "La règle passe."]


@pytest.mark.parametrize("tail", ["", " each time it appears"])
def test_words_that_stand_beside_others_with_another_space_are_asked(tail: str) -> None:
    reading = read_instructions(f"In Standard 1, replace “EUR 10”{tail} by “EUR 20”.", TEXT)

    assert not reading.edits
    assert [(question.code, question.places) for question in reading.questions] == [(QuestionCode.WORDS_REPEATED, 2)]


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ('insert "e-" before "commerce"', "a risk approach to e-commerce and autorité for ten hours"),
        ('insert "non-" before "commerce"', "a risk approach to non-commerce and autorité for ten hours"),
        ("insérer « l' » avant « autorité »", "a risk approach to commerce and l'autorité for ten hours"),
        ("insérer « l’ » avant « autorité »", "a risk approach to commerce and l’autorité for ten hours"),
        ('insert "-based" after "risk"', "a risk-based approach to commerce and autorité for ten hours"),
        ('insert "pilots\'" before "commerce"', "a risk approach to pilots' commerce and autorité for ten hours"),
        ('insert "two " after "for"', "a risk approach to commerce and autorité for two ten hours"),
        ("remplacer «ten » par «two»", "a risk approach to commerce and autorité for two hours"),
        ('replace "ten " by "two"', "a risk approach to commerce and autorité for two hours"),
        ('replace "ten" by "two "', "a risk approach to commerce and autorité for two hours"),
        ('replace "ten" by " "', "a risk approach to commerce and autorité for hours"),
    ],
)
def test_words_stand_apart_or_together_as_they_are_written(clause: str, words: str) -> None:
    assert words_after(f"In Standard 1, fourth unnumbered paragraph, {clause}.") == [f"Keep {words}."]
