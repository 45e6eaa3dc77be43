"""A wording for a whole provision: with the number copied along, and whether it changes anything."""

import pytest

from server.wording.provisions import same_words, without_label


@pytest.mark.parametrize(
    ("wording", "number", "words"),
    [
        ("1. Members report.", "1.", "Members report."),
        (" 1.\tMembers report.", "1.", "Members report."),
        ("1) members report.", "1.", "members report."),
        ("(1) Members report.", "1.", "Members report."),
        ("1 Members report.", "1.", "Members report."),
        ("5.2 Members report.", "5.2", "Members report."),
        ("(a) members report.", "(a)", "members report."),
        ("a. members report.", "(a)", "members report."),
        ("II. Members report.", "II.", "Members report."),
        ("Article 5. Members report.", "Article 5", "Members report."),
        ("第五条 成员应报告。", "第五条", "成员应报告。"),
        ("• members report.", "•", "members report."),
        # These are words, not the number of the provision.
        ("Members report.", "1.", "Members report."),
        ("2. Members report.", "1.", "2. Members report."),
        ("1. Members report.", "", "1. Members report."),
        ("5 kg of goods", "5.", "5 kg of goods"),
        ("5 kg of goods", "5", "5 kg of goods"),
        ("1.5 % of the value", "1.", "1.5 % of the value"),
        ("12. Members report.", "1.", "12. Members report."),
        ("a parcel", "(a)", "a parcel"),
        ("1.", "1.", "1."),
    ],
)
def test_without_label_takes_only_the_number_of_the_provision_away(wording: str, number: str, words: str) -> None:
    assert without_label(wording, number) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Members report.", "Members report.", True),
        ("Members report.", " Members\n report. ", True),
        ("\u00e9t\u00e9", "e\u0301te\u0301", True),
        ("Members report.", "members report.", False),
        ("Members report.", "Members report", False),
        ("10 %", "10\u00a0%", False),
        ("Members report.", "Mem\u00adbers\u200b report.\ufeff", True),
        ("", " ", True),
    ],
)
def test_same_words_are_the_same_letter_by_letter(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same
    assert same_words(other, one) is same
