"""Numbers that stand at the beginning of quoted words, and those that an instruction announces."""

import pytest

from server.wording.instructions.edits import Insertion, InstructionReading, QuestionCode
from server.wording.instructions.reading import read_instructions
from server.wording.instructions.vocabulary import LANGUAGES
from server.wording.instructions.writing import write_instruction
from tests.wording.amended import HARBOUR, amended_text
from tests.wording.test_amending_acts import Act, shown

TEXT = amended_text(HARBOUR, frozenset({"Rules"}))
Q = QuestionCode
COPIED = [
    Act("After paragraph 3 of Standard 3 the following paragraph is inserted: “3a. New words.”",
        ("+ 11 : New words.",)),
    Act("The following paragraph 3 bis is inserted: “3 bis. New words.”", ("+ 11 : New words.",)),
    Act("In Standard 3, the following paragraphs are added: “5. First.\n6. Second.”", (), (Q.SORT_UNCLEAR,)),
    Act("In Standard 3, the following paragraphs are added: “5. First.” and “6. Second.”",
        ("+ 12 : First.", "+ 12 : Second.")),
    Act("In paragraph 2 of Standard 3, add the following point: “(c) x.”", ("+ 10 : x.",)),
    Act("In paragraph 2 of Standard 3, add the following point: “(e) x.”", (), (Q.NUMBER_FOLLOWS,)),
    Act("Replace paragraph 1 of Standard 3 by the following: “1. Ships.\n2. Boats.”", (), (Q.SORT_UNCLEAR,)),
    Act("After paragraph 1 of Standard 3, insert a new paragraph 5: “New.”", (), (Q.NUMBER_FOLLOWS,)),
    Act("After paragraph 1 of Standard 3, insert a new paragraph 1a: “2. New.”", (), (Q.NUMBER_FOLLOWS,)),
    Act("After paragraph 1 of Standard 3, insert a new paragraph: “7. New.”", (), (Q.NUMBER_FOLLOWS,)),
    Act("After paragraph 1 of Standard 3, insert a new paragraph 2: “New.”", ("+ 7 : New.",)),
    Act("After paragraph 1 of Standard 3, insert a new paragraph: “5 kg of fish.”", ("+ 7 : 5 kg of fish.",)),
    Act("After Article 7, insert a new article 9: “New”", (), (Q.NUMBER_FOLLOWS,)),
    Act("After Article 7, insert a new article: “Article 8 Masters”", ("+ 13 ARTICLE2: Masters",)),
]  # fmt: skip


@pytest.mark.parametrize("act", COPIED, ids=lambda act: act.words)
def test_number_that_is_copied_along_is_taken_off_or_asked(act: Act) -> None:
    reading = read_instructions(act.words, TEXT)

    assert (tuple(map(shown, reading.edits)), tuple(question.code for question in reading.questions)) == act[1:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wording", ["4. Ships.", "3a. Ships.", "7. Ships.", "Ships."])
def test_words_of_an_insertion_that_begin_like_a_number_are_read_back(wording: str, language: str) -> None:
    edit = Insertion(11, wording)

    assert read_instructions(write_instruction(edit, TEXT, language), TEXT) == InstructionReading((edit,), ())


def test_lines_that_begin_like_numbers_are_not_written() -> None:
    assert write_instruction(Insertion(11, "Ships.\n5. Boats."), TEXT, "en") == ""
