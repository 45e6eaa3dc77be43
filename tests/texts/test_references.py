"""Where references lead: by number in the text where they were written, and by key from then on."""

import pytest

from server.domain.texts.rules.provisions import (
    LocatedReference,
    NumberedProvision,
    carry_references,
    list_own_names,
    locate_references,
)
from server.vocabulary.texts import ReferenceStatus as Status
from server.vocabulary.texts import UnitKind
from server.wording.hunks import Hunk

OWN = list_own_names("Framework of Standards on Cross-Border E-Commerce", "E-Commerce FoS")


def text_of(*units: tuple[str, UnitKind, int, str, str, str | None]) -> list[NumberedProvision]:
    return [NumberedProvision(*unit[:1], *unit[1:3], *unit[3:]) for unit in units]


def standards(*numbers: str, words: str = "See Standard 2.") -> list[NumberedProvision]:
    """A text of standards by number, each with a key that tells its first number; the first has a paragraph."""
    headings = [
        NumberedProvision(f"s{place}", UnitKind.STANDARD, 1, f"Standard {number}", "", None)
        for place, number in enumerate(numbers, 1)
    ]
    return [headings[0], NumberedProvision("p", UnitKind.PARAGRAPH, 0, "", words, "s1"), *headings[1:]]


def told(
    provisions: list[NumberedProvision], known: list[LocatedReference] | None = None
) -> list[tuple[str, str, str | None]]:
    """Words, status and target of each reference of the paragraph."""
    located = locate_references(provisions, OWN, {"p": known or []})
    return [(each.words, each.status.value, each.target) for each in located.get("p", [])]


@pytest.mark.parametrize(
    ("words", "references"),
    [
        ("See Standard 2.", [("Standard 2", "RESOLVED", "s2")]),
        ("See Standards 2 and 9.", [("Standards 2", "RESOLVED", "s2"), ("9", "DANGLING", None)]),
        ("See Article 7.4 of the TFA.", [("Article 7.4", "EXTERNAL", None)]),
        ("See Standard 2 of the Framework.", [("Standard 2", "RESOLVED", "s2")]),
        ("This Standard and that annex.", [("This Standard", "RESOLVED", "s1")]),
        ("This Annex is part of it.", []),
        ("No reference at all.", []),
    ],
)
def test_a_reference_is_found_by_the_number_that_is_printed(
    words: str, references: list[tuple[str, str, str | None]]
) -> None:
    assert told(standards("1", "2", "3", words=words)) == references


def test_a_reference_keeps_what_it_pointed_to_and_dangles_where_its_number_leads_elsewhere() -> None:
    known = locate_references(standards("1", "2", "3"))["p"]

    assert told(standards("1", "2", "3"), known) == [("Standard 2", "RESOLVED", "s2")]
    assert told(standards("1", "3", "2"), known) == [("Standard 2", "DANGLING", "s2")]
    assert told(standards("1", "3", "2")) == [("Standard 2", "RESOLVED", "s3")]
    assert told([each for each in standards("1", "2", "3") if each.key != "s2"], known) == [
        ("Standard 2", "DANGLING", "s2")
    ]


def test_a_reference_that_led_nowhere_is_not_resolved_by_a_number_that_is_given_later() -> None:
    known = locate_references(standards("1", "2", words="See Standard 3."))["p"]

    assert told(standards("1", "2", "3", words="See Standard 3."), known) == [("Standard 3", "DANGLING", None)]


def test_a_reference_in_a_container_that_was_changed_is_found_anew() -> None:
    provisions = [
        NumberedProvision("a1", UnitKind.ARTICLE, 1, "Article 1", "", None),
        NumberedProvision("a1p1", UnitKind.PARAGRAPH, 0, "1.", "Words.", "a1"),
        NumberedProvision("a2", UnitKind.ARTICLE, 1, "Article 2", "", None),
        NumberedProvision("a2p1", UnitKind.PARAGRAPH, 0, "1.", "Words.", "a2"),
        NumberedProvision("p", UnitKind.PARAGRAPH, 0, "2.", "As paragraph 1 of Article 1 says.", "a2"),
    ]
    before = locate_references(provisions)["p"]
    place = provisions[4].text.index("Article 1") + 8
    changed = [*provisions[:4], provisions[4]._replace(text="As paragraph 1 of Article 2 says.")]

    carried = carry_references(before, [Hunk(place, place + 1, "2")])

    assert [each.target for each in before] == ["a1p1", "a1"]
    assert [each.words for each in carried] == ["paragraph 1"]
    assert [each.target for each in locate_references(changed, (), {"p": carried})["p"]] == ["a2p1", "a2"]


def test_references_are_carried_past_changes_and_with_their_new_numbers() -> None:
    (before,) = locate_references(standards("1", "2"))["p"]

    assert carry_references([before], [Hunk(0, 0, "Also: ")]) == [before._replace(start=10, end=20)]
    assert carry_references([before], [Hunk(14, 14, " of the Framework")]) == []
    assert carry_references([before], [Hunk(13, 14, "12")]) == []
    assert carry_references([before], [Hunk(13, 14, "12")], rewritten=True) == [before._replace(end=15)]


def test_rows_of_a_mapping_are_read_with_the_head_of_their_columns_also_in_later_fragments() -> None:
    rows = [
        "TFA Articles | Standards of the Framework",
        "7.4: Risk management | Standard 1",
        "7.8: Expedited shipments | Standard 2",
    ]
    provisions = [
        *standards("1", "2"),
        NumberedProvision("t", UnitKind.TABLE, 0, "", "", "s2"),
        NumberedProvision("r0", UnitKind.TABLE_ROW, 1, "", rows[0], "t"),
        NumberedProvision("r1", UnitKind.TABLE_ROW, 2, "", rows[1], "t"),
        NumberedProvision("u", UnitKind.TABLE, 0, "", "", "s2"),
        NumberedProvision("r2", UnitKind.TABLE_ROW, 1, "", rows[2], "u"),
    ]
    located = locate_references(provisions, OWN)

    assert {key: [each[2:] for each in located[key]] for key in ("r1", "r2")} == {
        "r1": [("7.4", Status.EXTERNAL, None, "TFA"), ("Standard 1", Status.RESOLVED, "s1", "")],
        "r2": [("7.8", Status.EXTERNAL, None, "TFA"), ("Standard 2", Status.RESOLVED, "s2", "")],
    }
    assert "r0" not in located


def test_numbers_of_footnotes_and_code_are_no_targets() -> None:
    provisions = [
        *standards("1", words="See paragraph 3."),
        NumberedProvision("f", UnitKind.FOOTNOTE, 1, "3", "A note.", "p"),
        NumberedProvision("c", UnitKind.CODE, 0, "3", "See Standard 1.", "p"),
    ]

    assert locate_references(provisions) == {"p": [LocatedReference(4, 15, "paragraph 3", Status.DANGLING, None, "")]}
