"""The mends of a document, as the buttons of its form ask for them: without a database."""

import pytest

from server.web.desk.imports.mends import Button, mend_for, page_of, pressed_in, split_at
from server.web.desk.sent import Sent


def sent(**fields: str) -> Sent:
    return Sent("", "import", [(name.replace("__", "."), value) for name, value in fields.items()])


@pytest.mark.parametrize(
    ("value", "button"),
    [
        ("join.5", Button("join", 5)),
        ("undo", Button("undo", 0)),
        ("page.²", Button("page", 0)),
        ("set.-1", Button("set", 0)),
        ("open.99999999", Button("open", 0)),
    ],
)
def test_a_button_says_what_it_asks_for(value: str, button: Button) -> None:
    assert pressed_in(sent(_preview=value)) == button


@pytest.mark.parametrize(
    ("words", "offset", "fault"),
    [("b c", 2, ""), ("a b c d", 0, "first"), ("x", 0, "absent"), ("", 0, "absent"), ("a", 0, "twice")],
)
def test_a_unit_is_cut_where_words_stand_once(words: str, offset: int, fault: str) -> None:
    text = "a b c a" if fault == "twice" else "a b c d"

    place = split_at(text, words)

    assert (place.offset, place.fault) == (offset, fault)


def test_an_offset_counts_code_points() -> None:
    assert split_at("\U0001f4e6 parcels", "parcels").offset == 2


def test_a_setting_names_only_what_is_different() -> None:
    form = {
        "_set__kind": "HEADING",
        "_set__was__kind": "PARAGRAPH",
        "_set__level": "1",
        "_set__was__level": "1",
        "_set__printedNumber": "",
        "_set__was__printedNumber": "(a)",
    }

    mend, fault = mend_for(Button("set", 3), sent(**form))

    assert mend == {"act": "SET", "position": 3, "kind": "HEADING", "printedNumber": ""}
    assert fault == ""


def test_only_units_in_doubt_are_shown_when_they_are_asked_for() -> None:
    units = [{"position": number} for number in (1, 2, 3)]
    doubts = [{"position": 3}, {"position": 1}, {"position": 3}]

    assert page_of(units, doubts, only_doubts=True) == [1, 3]
    assert page_of(units, doubts, only_doubts=False) == [1, 2, 3]
