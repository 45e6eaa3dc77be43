"""The order of names."""

import random

import pytest

from server.kernel.sorting import LONGEST_KEY, sort_key

IN_ORDER = [
    "Åland",
    "Albania",
    "Česko",
    "Côte d'Ivoire",
    "Croatia",
    "Đakovo",
    "éire",
    "Österreich",
    "Oman",
    "Trinidad and Tobago",
    "Türkiye",
    "Zambia",
    "Ελλάδα",
    "Україна",
    "日本",
]


def test_names_come_in_the_order_of_their_letters() -> None:
    names = list(IN_ORDER)
    random.Random(1).shuffle(names)

    in_order = sorted(names, key=sort_key)

    assert in_order.index("Oman") < in_order.index("Österreich")
    assert [name for name in in_order if name != "Oman"] == [name for name in IN_ORDER if name != "Oman"]


@pytest.mark.parametrize("name", ["", " ", "'", "\u0301", "ﷺ" * 200])
def test_key_of_any_name_is_short_and_has_no_blanks_around(name: str) -> None:
    assert sort_key(name) == sort_key(name).strip()
    assert len(sort_key(name)) <= LONGEST_KEY
