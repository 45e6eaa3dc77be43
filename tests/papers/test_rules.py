"""How papers are numbered, and when one can be issued. No database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.papers.rules import (
    LANGUAGES,
    IssueFacts,
    PaperNumber,
    check_paper,
    letter_after,
    letter_is_left,
    read_reference,
    reference_of,
    text_is_issued,
)
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.texts import VersionStatus

NOW = datetime(2022, 3, 7, tzinfo=UTC)
PRINTED = {
    "PC0618": PaperNumber("PC", 618),
    "PC0690Ea": PaperNumber("PC", 690, "E", "a"),
    "PC0345E1a": PaperNumber("PC", 345, "E", "a", 1),
    "PC0602E1a": PaperNumber("PC", 602, "E", "a", 1),
    "PC0345E1": PaperNumber("PC", 345, "E", "", 1),
    "SP0250": PaperNumber("SP", 250),
    "SP0650E1b": PaperNumber("SP", 650, "E", "b", 1),
    "SC0082": PaperNumber("SC", 82),
    "NC1377E1b": PaperNumber("NC", 1377, "E", "b", 1),
    "EC9999F": PaperNumber("EC", 9999, "F"),
}


@pytest.mark.parametrize(("printed", "number"), PRINTED.items())
def test_reference_is_read_as_it_is_printed(printed: str, number: PaperNumber) -> None:
    assert read_reference(printed) == number
    assert reference_of(number) == printed


@pytest.mark.parametrize(
    "printed",
    [
        *("", "PC", "PC618", "PC06181", "pc0618", "P0618", "PCX0618", "PC0000", "PC0000Ea", "PC0618a", "PC0618 a"),
        *(
            "PC0618Xa",
            "PC0618EA",
            "PC0618E0a",
            "PC0618E12a",
            "PC0618Eaa",
            " PC0618",
            "PC0618\n",
            "PC061\u0668",
            "PC0618é",
        ),
    ],
)
def test_reference_that_is_not_printed_so_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r"is not the number of a paper, such as PC0618 or PC0690Ea") as refused:
        read_reference(printed)

    assert str(refused.value).startswith(repr(printed))


LETTER = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
SERIES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
SERIAL = st.integers(1, 9999)
IN_A_LANGUAGE = st.builds(
    PaperNumber, SERIES, SERIAL, st.sampled_from([*LANGUAGES]), LETTER | st.just(""), st.integers(0, 9)
)


ALONE = st.tuples(SERIES, SERIAL).map(lambda number: PaperNumber(*number))


@given(ALONE | IN_A_LANGUAGE)
def test_reference_says_what_was_printed(number: PaperNumber) -> None:
    assert read_reference(reference_of(number)) == number


@given(st.text("PCE0618a1 ", max_size=10))
def test_reference_that_is_read_prints_the_same_again(printed: str) -> None:
    try:
        number = read_reference(printed)
    except ValueError:
        return

    assert reference_of(number) == printed


@pytest.mark.parametrize(("last", "following"), [("", "a"), ("a", "b"), ("m", "n"), ("y", "z"), ("z", None)])
def test_letter_after(last: str, following: str | None) -> None:
    assert letter_after(last) == following


def test_letter_is_left_until_z() -> None:
    assert letter_is_left(IssueFacts(""), NOW) is None
    assert letter_is_left(IssueFacts("y"), NOW) is None
    assert letter_is_left(IssueFacts("z"), NOW) == Obstacle(
        RefusalCode.WRONG_STATE,
        "This paper has all its versions, a to z. Take a new serial.",
        "Versions of a paper are lettered from a to z without a gap.",
    )


@pytest.mark.parametrize("status", [None, *VersionStatus])
def test_text_is_issued_or_there_is_none(status: VersionStatus | None) -> None:
    obstacle = text_is_issued(IssueFacts("a", status), NOW)

    if status in (None, VersionStatus.ISSUED):
        assert obstacle is None
    else:
        assert obstacle == Obstacle(
            RefusalCode.WRONG_STATE,
            f"This version is {status.lower()}; it would have to be issued.",
            "A paper carries an issued version of a text.",
        )


SERIES_ISSUE = Issue("series", IssueCode.SERIES_MALFORMED)
SERIAL_ISSUE = Issue("serial", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=9999)
LANGUAGE_ISSUE = Issue("language", IssueCode.NOT_ONE_OF, allowed=("ar", "en", "fr", "ru", "es"))


@pytest.mark.parametrize(
    ("changed", "issues"),
    [
        ({}, []),
        ({"serial": 1, "language": "fr", "title": "x" * 300}, []),
        ({"serial": 9999, "language": "ar"}, []),
        ({"series": "P"}, [SERIES_ISSUE]),
        ({"series": "PCC"}, [SERIES_ISSUE]),
        ({"series": "pc"}, [SERIES_ISSUE]),
        ({"series": "P1"}, [SERIES_ISSUE]),
        ({"series": "ÉC"}, [SERIES_ISSUE]),
        ({"serial": 0}, [SERIAL_ISSUE]),
        ({"serial": 10_000}, [SERIAL_ISSUE]),
        ({"language": ""}, [LANGUAGE_ISSUE]),
        ({"language": "E"}, [LANGUAGE_ISSUE]),
        ({"language": "de"}, [LANGUAGE_ISSUE]),
        ({"title": " "}, [Issue("title", IssueCode.EMPTY)]),
        ({"title": "x" * 301}, [Issue("title", IssueCode.TOO_LONG, limit=300)]),
        (
            {"series": "", "serial": -1, "language": "X", "title": ""},
            [SERIES_ISSUE, SERIAL_ISSUE, LANGUAGE_ISSUE, Issue("title", IssueCode.EMPTY)],
        ),
    ],
)
def test_check_paper(changed: dict[str, object], issues: list[Issue]) -> None:
    sent = {"series": "PC", "serial": 618, "language": "en", "title": "Indicators"} | changed

    assert check_paper(**sent) == issues  # type: ignore[arg-type]
