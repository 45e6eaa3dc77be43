"""Instructions in words: what is written is read back exactly, and what is not sure is asked."""

from random import Random

import pytest

from server.wording.hunks import apply_hunks, hunks_between
from server.wording.instructions.edits import Deletion, InstructionReading, Move, WordsEdit
from server.wording.instructions.quotes import find_quotations, quote
from server.wording.instructions.reading import (
    LONGEST_INSTRUCTION,
    MOST_INSTRUCTIONS,
    MOST_QUESTIONS,
    read_instructions,
)
from server.wording.instructions.vocabulary import LANGUAGES
from server.wording.instructions.writing import write_everywhere, write_instruction
from tests.wording.amended import HARBOUR, amended_text, random_edit, random_rows

TEXT = amended_text(HARBOUR, frozenset({"Rules"}))


def reworded(at: int, after: str) -> WordsEdit:
    return WordsEdit(at, hunks_between(HARBOUR[at][3], after))


WRITTEN = [
    (
        reworded(8, "Masters should, where needed, do this:"),
        "In the introductory words of Standard 3, paragraph 2, replace “may” by “should”.",
        "Dans le chapeau de la norme 3, paragraphe 2, remplacer «\u00a0may\u00a0» par «\u00a0should\u00a0».",
    ),
    (
        reworded(12, "The list may be sold, and the list should be lent."),
        "In Standard 3, paragraph 4, replace “may” the second time it appears by “should”.",
        "Dans la norme 3, paragraphe 4, remplacer «\u00a0may\u00a0» la deuxième fois qu'il apparaît par "
        "«\u00a0should\u00a0».",
    ),
    (
        reworded(2, "Harbour masters should not publish notices. They should keep them at once."),
        "In Standard 1, first unnumbered paragraph, insert “not” after “Harbour masters should” and insert “at once” "
        "after “They should keep them”.",
        "Dans la norme 1, premier alinéa non numéroté, insérer «\u00a0not\u00a0» après "
        "«\u00a0Harbour masters should\u00a0» et insérer «\u00a0at once\u00a0» après "
        "«\u00a0They should keep them\u00a0».",
    ),
    (
        reworded(21, "Tug | EUR 15"),
        "In Annex I, table 1, row 2, column 2, replace “EUR 10” by “EUR 15”.",
        "Dans l'annexe I, tableau 1, ligne 2, colonne 2, remplacer «\u00a0EUR 10\u00a0» par «\u00a0EUR 15\u00a0».",
    ),
    (Deletion(11), "Delete Standard 3, paragraph 3.", "Supprimer la norme 3, paragraphe 3."),
    (
        Move(11, 7),
        "Move Standard 3, paragraph 3 after Standard 3, paragraph 1.",
        "Déplacer la norme 3, paragraphe 3 après la norme 3, paragraphe 1.",
    ),
]


@pytest.mark.parametrize(("edit", "english", "french"), WRITTEN, ids=lambda each: str(each)[:24])
def test_edit_is_written_in_both_languages(edit: WordsEdit | Deletion | Move, english: str, french: str) -> None:
    assert (write_instruction(edit, TEXT, "en"), write_instruction(edit, TEXT, "fr")) == (english, french)


def check_there_and_back(seed: int, edits: int) -> None:
    """Check that random edits of random texts are read back from what is written.

    Words with lines that begin like numbers are not written: of a hundred random edits that is at most one.
    """
    rng = Random(seed)
    done = left_out = 0
    while done < edits:
        rows = random_rows(rng)
        text = amended_text(rows)
        drawn = [random_edit(rng, rows, text) for _ in range(4)]
        for edit in (each for each in drawn if each is not None):
            for language in LANGUAGES:
                instruction = write_instruction(edit, text, language)
                if not instruction:
                    left_out += 1
                    continue
                assert read_instructions(instruction, text) == InstructionReading((edit,), ()), instruction
            done += 1
    assert left_out <= max(2, edits // 50)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_written_is_read_back(seed: int) -> None:
    check_there_and_back(seed, 40)


@pytest.mark.rest
@pytest.mark.long
def test_ten_thousand_edits_are_read_back_from_what_is_written() -> None:
    check_there_and_back(20261128, 10_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_replaced_everywhere_with_the_list_of_places(language: str) -> None:
    instruction = write_everywhere("may", "can", [3, 8, 12], TEXT, language)

    assert instruction.count(";") == 2
    assert read_instructions(instruction, TEXT) == InstructionReading(
        (
            reworded(3, "Pilots can refuse night work."),
            reworded(8, "Masters can, where needed, do this:"),
            reworded(12, "The list can be sold, and the list can be lent."),
        ),
        (),
    )


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_safe_inside_each_other(language: str, seed: int) -> None:
    rng = Random(seed)
    words = ["".join(rng.choice("ab “”«»‹›「」\"'’‘„\u00a0") for _ in range(rng.randint(0, 9))) for _ in range(2)]

    skeleton = find_quotations(f"replace {quote(words[0], language)} by {quote(words[1], language)}")

    assert skeleton.quoted == tuple(words)


def test_questions_say_what_is_left_open_and_other_instructions_are_read() -> None:
    reading = read_instructions("Delete Standard 3, paragraph 9; delete Standard 3, paragraph 4.", TEXT)

    assert reading.edits == (Deletion(12),)
    assert [(question.code, question.instruction) for question in reading.questions] == [
        ("PLACE_UNKNOWN", "Delete Standard 3, paragraph 9")
    ]


def test_more_instructions_than_are_read_at_once_are_asked() -> None:
    lines = (f"After Standard 3, paragraph 4 insert a paragraph: “{n}”" for n in range(MOST_INSTRUCTIONS + 1))

    reading = read_instructions("\n".join(lines), TEXT)

    assert [question.code for question in reading.questions] == ["TOO_MANY"]
    assert len(reading.edits) == MOST_INSTRUCTIONS


def test_reading_stops_where_too_much_is_open() -> None:
    reading = read_instructions("Delete Standard 9.\n" * (MOST_QUESTIONS + 1), TEXT)

    assert [question.code for question in reading.questions] == ["PLACE_UNKNOWN"] * MOST_QUESTIONS + ["TOO_MANY"]


HOSTILE = {
    "one word many times": "in " * 400,
    "verbs": "in , move after , delete , insert before " * 14,
    "open quotations": "“" * 5_000,
    "single marks": "'a " * 3_000,
    "straight marks": '"' * 4_999,
    "brackets": "(" * LONGEST_INSTRUCTION,
    "numbers": "paragraphs 1, 2, 3 and 4 of Article 5 " * 15,
    "quotations": "replace “a” by “b” and " * 25,
    "list of places": "Replace “a” by “b” each time it appears in the following places: " + "Article 1; " * 500,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_instructions_are_asked(hostile: str) -> None:
    reading = read_instructions(hostile, TEXT)

    assert not reading.edits
    assert reading.questions


def test_hunks_read_are_those_of_the_resulting_words() -> None:
    (edit,) = read_instructions("In Article 7, paragraph 2, replace “of the harbour shall” by “must”.", TEXT).edits

    assert isinstance(edit, WordsEdit)
    assert apply_hunks(HARBOUR[15][3], edit.hunks) == "A pilot must rest for ten hours."
