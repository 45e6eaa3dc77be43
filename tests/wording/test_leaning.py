"""Instructions that lean on what stands before them: on a header, on the section named last; else they are asked."""

import pytest

from server.wording.instructions.edits import QuestionCode
from server.wording.instructions.reading import read_instructions
from tests.wording.amended import HARBOUR, amended_text
from tests.wording.test_amending_acts import Act, shown

TEXT = amended_text(HARBOUR, frozenset({"Rules"}))
Q = QuestionCode
LEANING = [
    Act("In Article 9:\n(a) delete paragraph 3;\n(b) delete point (a).", (),
        (Q.PLACE_UNKNOWN, Q.PLACE_MISSING, Q.PLACE_MISSING)),
    Act("In the SAFE Framework of Standards:\n(a) delete paragraph 3.", (), (Q.OUTSIDE_GRAMMAR, Q.PLACE_MISSING)),
    Act("In Standard 3:\n(a) delete paragraph 1;\nIn Article 7, as follows:\n(a) delete paragraph 3.", ("- 7",),
        (Q.QUOTATION_MISSING, Q.PLACE_MISSING)),
    Act("In Article 7:\n- paragraph 5:\n- delete point (a).", (), (Q.PLACE_UNKNOWN, Q.PLACE_MISSING)),
    Act("In Article 7:\n- paragraph 2:\n- delete “of the harbour”;\n- delete “shall”.",
        ("15: A pilot shall rest for ten hours.",), (Q.PLACE_MISSING,)),
    Act("(a) In Article 7:\n(i) delete paragraph 3;\n(ii) delete point (a).", (), (Q.PLACE_UNKNOWN, Q.PLACE_UNKNOWN)),
    Act("(h) In Article 7:\n(i) delete paragraph 1;\n(ii) delete paragraph 2.", ("- 14", "- 15")),
    Act("(h) Delete paragraph 1 of Article 7;\n(i) in Standard 3:\n(j) delete paragraph 2.", ("- 14",),
        (Q.PLACE_AMBIGUOUS,)),
    Act("1. In Article 7:\n(a) in paragraph 2:\n(i) delete “of the harbour”;\n(b) delete paragraph 1.\n"
        "2. Delete paragraph 4.", ("15: A pilot shall rest for ten hours.", "- 14"), (Q.PLACE_MISSING,)),
    Act("In Article 7, paragraph 1, replace “shall” by “must”; and delete paragraph 3.",
        ("14: A pilot must hold a licence.",), (Q.PLACE_MISSING,)),
    Act("In Article 7, paragraph 1, replace “shall” by “must”, and in paragraph 3, replace “kept” by “held”", (),
        (Q.PLACE_MISSING,)),
    Act("In Article 7: paragraph 1 is deleted. Paragraph 3 is deleted.", ("- 14",), (Q.PLACE_MISSING,)),
    Act("Article 7, paragraph 1 is deleted. Point (a) is deleted.", ("- 14",), (Q.PLACE_MISSING,)),
    Act("Article 7, paragraph 1 is deleted. The following paragraph 3a is inserted: “New.”", ("- 14",),
        (Q.PLACE_MISSING,)),
    Act("Move paragraph 1 of Article 7 after paragraph 3.", (), (Q.PLACE_MISSING,)),
    Act("In Article 9, delete “ten”. Delete paragraph 3.", (), (Q.PLACE_UNKNOWN, Q.PLACE_MISSING)),
    Act("Paragraph 3 is deleted. Paragraph 4 is deleted.", ("- 11", "- 12")),
    Act("Delete provision 4. Delete provision 12. Delete paragraph 4.", ("- 3", "- 11", "- 12")),
    Act("In Article 9:\n(a) delete Standard 3(4);\n(b) delete point (a).", ("- 12",),
        (Q.PLACE_UNKNOWN, Q.PLACE_MISSING)),
]  # fmt: skip


@pytest.mark.parametrize("act", LEANING, ids=lambda act: act.words)
def test_instruction_leans_on_what_stands_before_it_or_is_asked(act: Act) -> None:
    reading = read_instructions(act.words, TEXT)

    assert (tuple(map(shown, reading.edits)), tuple(question.code for question in reading.questions)) == act[1:]
