"""How alike comments are, where a comment stands in a cell, and what is said of parties that have not signed."""

import pytest

from server.domain.rounds.rules.anchoring import CommentGround, place_content
from server.domain.rounds.rules.checks import AddedProvision, Content, check_content
from server.domain.rounds.rules.signing import AskedParty, name_missing
from server.domain.threads import rules
from server.kernel.refusals import Refusal
from server.vocabulary.rounds import CommentType
from server.vocabulary.texts import UnitKind
from server.vocabulary.threads import CoSignatureState
from server.wording.anchors import Anchor, Quotation

ROW = CommentGround(UnitKind.TABLE_ROW, "", "Data | Customs should exchange |  | Posts")


def in_cell(cell: int, **changed: object) -> Content:
    """Return a comment on a cell of the row."""
    return Content(CommentType.SUBSTANTIVE, "Why?", "PVT_1", cell=cell, **changed)  # type: ignore[arg-type]


def test_place_content_in_a_cell_quotes_the_whole_cell_or_the_words_in_it() -> None:
    whole = place_content(in_cell(2, proposed_wording="Customs exchange"), ROW)
    part = place_content(in_cell(2, quotation=Quotation("should"), proposed_wording="shall"), ROW)
    remark = place_content(in_cell(3), ROW)

    assert (ROW.text[slice(*whole.anchor)], whole.wording) == ("Customs should exchange", "Customs exchange")
    assert ROW.text[slice(*part.anchor)] == "should"
    assert remark.anchor is None


def test_place_content_in_an_empty_cell_stands_on_the_words_beside_it() -> None:
    anchor, wording = place_content(in_cell(3, proposed_wording="Carriers"), ROW)

    assert anchor is not None
    filled = ROW.text[: anchor.start] + (wording or "") + ROW.text[anchor.end :]
    assert filled == "Data | Customs should exchange | Carriers | Posts"


@pytest.mark.parametrize(
    "content",
    [
        in_cell(0),
        in_cell(5),
        in_cell(1, quotation=Quotation("Posts")),
        in_cell(4, proposed_wording="Posts | Hubs"),
        in_cell(4, proposed_wording=" Posts "),
    ],
    ids=["before the first", "behind the last", "words of another cell", "one cell more", "the same words"],
)
def test_place_content_in_a_cell_otherwise_is_refused(content: Content) -> None:
    with pytest.raises(Refusal):
        place_content(content, ROW)


def test_place_content_in_a_cell_of_a_paragraph_is_refused() -> None:
    with pytest.raises(Refusal):
        place_content(in_cell(1), CommentGround(UnitKind.PARAGRAPH, "1.", "Posts | pay"))


def test_place_content_finds_words_as_a_reader_sees_them() -> None:
    ground = CommentGround(UnitKind.PARAGRAPH, "1.", "The operator\u2019s caf\u00e9 \u2013 data")

    place = place_content(
        Content(CommentType.SUBSTANTIVE, "Why?", "PVT_1", Quotation("operator's cafe\u0301 - data")), ground
    )

    assert place.anchor == Anchor(4, len(ground.text))


ADDED = AddedProvision(UnitKind.PARAGRAPH, None, "Words")


@pytest.mark.parametrize(
    ("changed", "paths"),
    [
        ({"addition": AddedProvision(UnitKind.PARAGRAPH, None, " ")}, ["newProvision.words"]),
        ({"addition": AddedProvision(UnitKind.PARAGRAPH, "Title", "Words")}, ["newProvision.title"]),
        ({"addition": AddedProvision(UnitKind.SECTION, " ", "Words")}, ["newProvision.title"]),
        ({"addition": AddedProvision(UnitKind.PARAGRAPH, None, "Words"), "proposed_wording": "x"}, ["newProvision"]),
        ({"addition": AddedProvision(UnitKind.PARAGRAPH, None, "x" * 50_000)}, ["newProvision.words"]),
        ({"addition": AddedProvision(UnitKind.PARAGRAPH, None, "Words"), "reason": ""}, ["reason"]),
        ({"language": "not a tag"}, ["language"]),
        ({"type": CommentType.EDITORIAL}, ["proposedWording"]),
        ({"type": CommentType.LINGUISTIC, "proposed_wording": "x"}, []),
        ({"type": CommentType.QUESTION}, []),
        ({"type": CommentType.QUESTION, "proposed_wording": "x"}, ["proposedWording"]),
        ({"type": CommentType.QUESTION, "addition": ADDED}, ["newProvision"]),
    ],
)
def test_check_content_of_additions_languages_and_types(changed: dict, paths: list[str]) -> None:
    good = Content(CommentType.SUBSTANTIVE, "Why?", "PVT_1", reason="It is clearer.")

    assert [issue.path for issue in check_content(good._replace(**changed))] == paths


def test_name_missing_names_who_declined_and_who_is_silent() -> None:
    asked = [
        AskedParty("1", "UPU", CoSignatureState.ASKED),
        AskedParty("2", "GEA", CoSignatureState.DECLINED),
        AskedParty("3", "Canada", CoSignatureState.CONFIRMED),
        AskedParty("4", "China", CoSignatureState.ASKED),
    ]

    assert name_missing(asked) == "Declined by GEA. Not signed yet by China, UPU. Leave them out, or wait."
    assert name_missing(asked[2:3]) is None


def test_cluster_groups_what_says_much_the_same_on_one_provision() -> None:
    said = [
        rules.prepare("a", "1", "The duty must be clear."),
        rules.prepare("b", "1", "the duty MUST be clear!"),
        rules.prepare("c", "1", "Something else entirely."),
        rules.prepare("d", "2", "The duty must be clear."),
        rules.prepare("e", "1", "must be clear the duty"),
        rules.prepare("f", "1", ""),
        rules.prepare("g", "1", ""),
    ]

    assert rules.cluster(said) == [["a", "b", "e"]]
    assert rules.find_alike(said[0], said[1:3], 10) == [("b", 100)]


def test_cluster_compares_the_first_comments_on_a_provision_and_the_beginning_of_each() -> None:
    said = [rules.prepare(str(number), "1", "x" * 50_000) for number in range(rules.LARGEST_GROUND + 1)]

    (group,) = rules.cluster(said)

    assert len(group) == rules.LARGEST_GROUND
    assert {len(each.words) for each in said} == {rules.COMPARED_WORDS}
