"""Instructions in the shapes of amending acts of many houses: each is read right or asked, and none is read wrong."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from server.wording.hunks import apply_hunks
from server.wording.instructions.edits import Deletion, Edit, Insertion, Move, QuestionCode, WordsEdit
from server.wording.instructions.quotes import Skeleton, find_quotations
from server.wording.instructions.reading import read_instructions
from tests.wording.amended import HARBOUR, amended_text

TEXT = amended_text(HARBOUR, frozenset({"Rules"}))
Q = QuestionCode


class Act(NamedTuple):
    """An instruction, and what it asks for: each edit as `shown` prints it, and the codes of the questions."""

    words: str
    edits: tuple[str, ...] = ()
    asked: tuple[QuestionCode, ...] = ()


def shown(edit: Edit) -> str:
    """Print an edit in short: the new words, or what is deleted, inserted and moved."""
    if isinstance(edit, WordsEdit):
        return f"{edit.at}: {apply_hunks(HARBOUR[edit.at][3], edit.hunks)}"
    if isinstance(edit, Deletion):
        return f"- {edit.at}"
    if isinstance(edit, Move):
        return f"{edit.at} > {edit.after}"
    return f"+ {edit.after} {edit.kind or ''}{edit.level or ''}: {edit.wording}"


UNITED_KINGDOM = [
    Act("In article 7(1), for “shall” substitute “must”.", ("14: A pilot must hold a licence.",)),
    Act("In article 7—\n(a) in paragraph (1), for “a licence” substitute “two licences”;\n(b) omit paragraph (2).",
        ("14: A pilot shall hold two licences.", "- 15")),
    Act("After paragraph 1 of article 7 insert—\n“1A. A pilot carries a lamp.”.",
        ("+ 14 : A pilot carries a lamp.",)),
    Act("In standard 3, in paragraph 1, after “report” insert “all”.", ("7: Ships shall report all delays promptly.",)),
    Act("In paragraph 4 of standard 3, for “may be”, in both places it occurs, substitute “is”.",
        ("12: The list is sold, and the list is lent.",)),
    Act("For paragraph 3 of standard 3 there is substituted—\n“3. The list is secret.”.", ("11: The list is secret.",)),
    Act("In article 7(2), the words “of the harbour” are omitted.", ("15: A pilot shall rest for ten hours.",)),
    Act("Leave out paragraph 2 of article 7.", ("- 15",)),
    Act("In article 7(1), for “shall” substitute— must", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In Standard 3(2), before “needed” insert “urgently”.", ("8: Masters may, where urgently needed, do this:",)),
]  # fmt: skip
EUROPEAN_UNION = [
    Act("In Article 7, paragraph 2, the words ‘ten hours’ are replaced by the words ‘eleven hours’.",
        ("15: A pilot of the harbour shall rest for eleven hours.",)),
    Act("Article 7 is amended as follows:\n(a) in paragraph 1, the word ‘shall’ is replaced by ‘must’;\n"
        "(b) the following paragraph 1a is inserted:\n‘1a. A pilot carries a lamp.’;\n(c) paragraph 2 is deleted.",
        ("14: A pilot must hold a licence.", "+ 14 : A pilot carries a lamp.", "- 15")),
    Act("in Standard 3, paragraph 3 is replaced by the following:\n‘3. The list is secret.’;",
        ("11: The list is secret.",)),
    Act("In Standard 3(2), the following point is added:\n‘(c) call the harbour.’", ("+ 10 : call the harbour.",)),
    Act("in Standard 3(2), point (b) is deleted", ("- 10",)),
    Act("In Standard 3, the second sentence of paragraph 3 is deleted.",
        ("11: The list is kept. It may be copied.",)),
    Act("In Standard 3, paragraph 3, the last sentence is replaced by the following: ‘It may be read.’",
        ("11: The list is kept. It is public. It may be read.",)),
    Act("Article 7 is deleted.", ("- 13",)),
    Act("In Standard 3, the following paragraph is added: ‘5. The list is old.’", ("+ 12 : The list is old.",)),
    Act("In Article 7, paragraph 3 is replaced by the following: ‘3. No.’", (), (Q.PLACE_UNKNOWN,)),
    Act("Article 7 is replaced by the following: ‘Article 7 Masters’", (), (Q.SECTION_MEANT,)),
    Act("In Article 9 of the Customs Code, the word ‘may’ is deleted.", (), (Q.PLACE_ELSEWHERE,)),
    Act("in Standard 3(2), the introductory wording is replaced by the following: ‘Masters may do this:’",
        (), (Q.OUTSIDE_GRAMMAR,)),
    Act("Paragraphs 1 and 2 of Article 7 are deleted.", ("- 14", "- 15")),
    Act("In Standard 3, paragraphs 1 to 3 are deleted.", ("- 7", "- 8", "- 11")),
]  # fmt: skip
UNITED_STATES = [
    Act('Article 7, paragraph 1 is amended by striking "shall" and inserting "must".', (), (Q.OUTSIDE_GRAMMAR,)),
    Act('In Article 7, paragraph 1, strike "shall" and insert "must".', ("14: A pilot must hold a licence.",)),
    Act('Standard 3, paragraph 3 is amended to read as follows: "3. The list is secret."',
        ("11: The list is secret.",)),
    Act('In Standard 3, paragraph 1, substitute "at once" for "promptly".', ("7: Ships shall report delays at once.",)),
    Act('In Standard 3, paragraph 4, strike "may" each place it appears and insert "can".',
        ("12: The list can be sold, and the list can be lent.",)),
    Act('Strike paragraph 4 of Standard 3.', ("- 12",)),
    Act('In Article 7(2), by striking "of the harbour".', ("15: A pilot shall rest for ten hours.",)),
    Act('In Article 7(1), insert ", if qualified," after "A pilot".',
        ("14: A pilot, if qualified, shall hold a licence.",)),
    Act('In Article 7(1), add "and a lamp" before "."', ("14: A pilot shall hold a licence and a lamp.",)),
    Act('Strike "may" and insert "can".', (), (Q.PLACE_MISSING,)),
]  # fmt: skip
CODEX_AND_UN = [
    Act("In Standard 3, paragraph 2, replace 'may' by 'should'", ("8: Masters should, where needed, do this:",)),
    Act("Standard 3, paragraph 1: delete “promptly”.", ("7: Ships shall report delays.",)),
    Act("Paragraph 3 of Standard 3 should read: “The list is secret.”", ("11: The list is secret.",)),
    Act("Paragraph 3 of Standard 3 to read as follows: The list is secret.", (), (Q.QUOTATION_MISSING,)),
    Act("Insert a new paragraph after paragraph 1 of Article 7: “A pilot carries a lamp.” Renumber the subsequent "
        "paragraphs accordingly.", ("+ 14 : A pilot carries a lamp.",)),
    Act("Insert the following standard after Standard 2: “Wind”", ("+ 4 STANDARD2: Wind",)),
    Act("Replace “may” with “can” throughout Standard 3.",
        ("8: Masters can, where needed, do this:", "11: The list is kept. It is public. It can be copied.",
         "12: The list can be sold, and the list can be lent.")),
    Act("Replace “may” by “can” in Standard 1.", ("3: Pilots can refuse night work.",)),
    Act("In Standard 3, replace “may” by “can”.", (), (Q.WORDS_REPEATED,)),
    Act("In Standard 3, paragraph 4, replace “may” by “can”.", (), (Q.WORDS_REPEATED,)),
    Act("In Standard 3, paragraph 4, replace the second occurrence of “may” by “can”.",
        ("12: The list may be sold, and the list can be lent.",)),
    Act("Delete the second row of table 1 in Annex I.", ("- 21",)),
    Act("In Annex I, table 1, row 3, column 2, replace “EUR 20” by “EUR 25”.", ("22: Ferry | EUR 25",)),
    Act("Move paragraph 4 of Standard 3 before paragraph 3 of Standard 3.", ("12 > 8",)),
    Act("Move Standard 3 after paragraph 1 of Article 7.", ("6 > 14",)),
    Act("Move paragraph 3 of Standard 3 after paragraph 4 of Standard 3.", ("11 > 12",)),
    Act("In the section “Final clauses”, replace “spring” by “autumn”.",
        ("17: The Rules enter into force in autumn.",)),
    Act("Standard 4 becomes Standard 5.", (), (Q.NUMBER_FOLLOWS,)),
    Act("Reflect the views of the meeting in Standard 3.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("Paragraph 1 is deleted.", (), (Q.PLACE_AMBIGUOUS,)),
    Act("In Standard 3, paragraph 1, replace “delay” by “hindrance”.", (), (Q.WORDS_NOT_FOUND,)),
    Act("Insert after Standard 3 the following paragraph: “New.”", (), (Q.SORT_UNCLEAR,)),
    Act("In Standard 3, paragraph 1, replace “shall” by “shall”.", (), (Q.NOTHING_CHANGES,)),
    Act("In Standard 3, paragraph 1, delete “report delays” and delete “delays promptly”.", (), (Q.CHANGES_OVERLAP,)),
    Act("At the end of paragraph 3 of Standard 3, add the following sentence: “It is old.”",
        ("11: The list is kept. It is public. It may be copied. It is old.",)),
    Act("In Article 7, the heading, replace “duties” by “rights”.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In the heading of Article 7, replace “Pilots'” by “Masters'”.", ("13: Masters' duties",)),
    Act("1. In Standard 1, delete the first unnumbered paragraph.\n2. Delete Standard 2; and\n3. Delete Annex I.",
        ("- 2", "- 4", "- 18")),
]  # fmt: skip
FRENCH = [
    Act("À la norme 3, paragraphe 2, remplacer « may » par « should ».",
        ("8: Masters should, where needed, do this:",)),
    Act("Au paragraphe 1 de l'article 7, le mot « shall » est remplacé par le mot « must ».",
        ("14: A pilot must hold a licence.",)),
    Act("Le paragraphe 3 de la norme 3 est supprimé.", ("- 11",)),
    Act("Le paragraphe 3 de la norme 3 est remplacé par le texte suivant : « The list is secret. »",
        ("11: The list is secret.",)),
    Act("Après le paragraphe 1 de l'article 7, insérer le nouveau paragraphe suivant : « A pilot carries a lamp. »",
        ("+ 14 : A pilot carries a lamp.",)),
    Act("À l’article 7, paragraphe 2, les mots « of the harbour » sont supprimés.",
        ("15: A pilot shall rest for ten hours.",)),
    Act("Supprimer la deuxième phrase du paragraphe 3 de la norme 3.", ("11: The list is kept. It may be copied.",)),
    Act("À la norme 3, paragraphe 4, remplacer « may » par « can » chaque fois qu'il apparaît.",
        ("12: The list can be sold, and the list can be lent.",)),
    Act("À la norme 3, paragraphe 1, après « report », insérer « all ».",
        ("7: Ships shall report all delays promptly.",)),
    Act("À l'annexe I, tableau 1, ligne 2, colonne 2, remplacer « EUR 10 » par « EUR 15 ».", ("21: Tug | EUR 15",)),
    Act("Le paragraphe 2 de l'article 7 se lit comme suit : « A pilot sleeps. »", ("15: A pilot sleeps.",)),
    Act("Déplacer le paragraphe 3 de la norme 3 après le paragraphe 1 de la norme 3.", ("11 > 7",)),
    Act("Renuméroter les paragraphes suivants en conséquence."),
    Act("Au paragraphe 1, supprimer « promptly ».", (), (Q.PLACE_AMBIGUOUS,)),
    Act("Revoir la norme 3 à la lumière des observations.", (), (Q.OUTSIDE_GRAMMAR,)),
]  # fmt: skip
LEFT_OPEN = [
    Act("In Standard 3, paragraph 1, delete “report” or “delays”.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In Standard 3, paragraph 1, replace “report” in both places by “tell”.", (), (Q.WORDS_REPEATED,)),
    Act("Delete Standard 9.", (), (Q.PLACE_UNKNOWN,)),
    Act("Delete section 7.", (), (Q.PLACE_UNKNOWN,)),
    Act("Delete Rule 1.", (), (Q.PLACE_UNKNOWN,)),
    Act("The last paragraph of Standard 3 is deleted.", (), (Q.PLACE_AMBIGUOUS,)),
    Act("The second sentence of paragraph 2 of Standard 3 is deleted.", (), (Q.PLACE_AMBIGUOUS,)),
    Act("Do not delete paragraph 1 of Article 7.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("If paragraph 2 is kept, delete paragraph 1 of Article 7.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In Article 7, but not in paragraph 1, replace “pilot” by “master”.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In Article 7, paragraph 1, delete from “pilot” to “hold”.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In Article 7, paragraph 1, consider replacing “shall” by “may”.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In Article 7, paragraph 1, replace “shall” by “may” (Canada) or “must” (Japan).", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In Article 7, paragraph 1, replace “shall” by “[may]” or “must”.", (), (Q.OUTSIDE_GRAMMAR,)),
    Act("In Article 7, paragraph 1, replace “hall” by “hould”.", (), (Q.WORDS_NOT_FOUND,)),
    Act("In Article 7, paragraph 1, replace “shall by “may”.", (), (Q.QUOTATION_OPEN,)),
    Act("Replace paragraphs 1 and 2 of Article 7 by: “One.”", (), (Q.PLACE_AMBIGUOUS,)),
    Act("Move paragraph 1 of Article 7 after Standard 2.", (), (Q.SORT_UNCLEAR,)),
    Act("Insert the following point after paragraph 1 of Article 7: “x”", (), (Q.SORT_UNCLEAR,)),
]
HOUSES = {
    "uk": UNITED_KINGDOM,
    "eu": EUROPEAN_UNION,
    "us": UNITED_STATES,
    "codex-un": CODEX_AND_UN,
    "french": FRENCH,
    "open": LEFT_OPEN,
}


def every_act() -> Iterator[object]:
    for house, acts in HOUSES.items():
        for place, act in enumerate(acts, start=1):
            yield pytest.param(act, id=f"{house}-{place}")


@pytest.mark.parametrize("act", list(every_act()))
def test_act_is_read_right_or_asked(act: Act) -> None:
    reading = read_instructions(act.words, TEXT)

    assert (tuple(map(shown, reading.edits)), tuple(question.code for question in reading.questions)) == act[1:]


def test_insertions_carry_what_the_noun_says() -> None:
    assert read_instructions(
        "Insert the following heading of level 3 at the beginning of Standard 2: “Wind”", TEXT
    ) == (
        (Insertion(4, "Wind", "HEADING", 3),),
        (),
    )


@pytest.mark.parametrize("stranger", ["perhaps", "not", "except", "peut-être", "two"])
@pytest.mark.parametrize(
    "act",
    [act for acts in HOUSES.values() for act in acts if len(act.edits) == 1 and not act.asked],
    ids=lambda act: act.words,
)
def test_a_strange_word_anywhere_outside_quotation_marks_is_never_read_over(act: Act, stranger: str) -> None:
    skeleton = find_quotations(act.words)
    words = skeleton.words.split(" ")
    for place in range(len(words) + 1):
        changed = Skeleton(" ".join((*words[:place], stranger, *words[place:])), skeleton.quoted).print()

        assert read_instructions(changed, TEXT).questions, changed
