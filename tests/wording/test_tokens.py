"""The cut into words: nothing is lost, and no character is cut in two, and no figure."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.wording.tokens import pieces, tokens
from tests.wording.strategies import quick, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", ["  "]),
        ("Members shall report.", ["Members ", "shall ", "report", "."]),
        ("  Members  shall\n", ["  ", "Members  ", "shall\n"]),
        ("(e-commerce)", ["(", "e-commerce", ")"]),
        ("the parties' e- file -", ["the ", "parties", "' ", "e", "- ", "file ", "-"]),
        ("e\u2010mail e\u2011mail e\u00admail", ["e\u2010mail ", "e\u2011mail ", "e\u00admail"]),
        ("l\u2019article d'un", ["l\u2019article ", "d'un"]),
        ("prix\u00a0: 3\u202f%", ["prix\u00a0", ": ", "3\u202f%"]),
        ("a_b 3.2", ["a_b ", "3.2"]),
        ("e\u0301te\u0301 a", ["e\u0301te\u0301 ", "a"]),
        ("\u0643\u064e\u062a\u064e\u0628 \u0643", ["\u0643\u064e\u062a\u064e\u0628 ", "\u0643"]),
        ("\u6d77\u5173 ok", ["\u6d77", "\u5173 ", "ok"]),
        ("\U0001f44d\U0001f3fd\U0001f44d", ["\U0001f44d\U0001f3fd", "\U0001f44d"]),
        ("\U0001f468\u200d\U0001f467 \u2764\ufe0f", ["\U0001f468\u200d\U0001f467 ", "\u2764\ufe0f"]),
    ],
)
def test_tokens_of_text_are_words_with_the_space_after(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_pieces_of_text_have_white_space_apart() -> None:
    assert pieces(" Members\u00a0 shall.") == [" ", "Members", "\u00a0 ", "shall", "."]


@quick
@given(st.one_of(texts, st.text()))
def test_tokens_and_pieces_joined_give_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert "".join(pieces(text)) == text


@quick
@given(st.one_of(texts, st.text()))
@example(" www.a.org/b-ce\u0301te\u0301")
def test_tokens_never_begin_with_a_mark_or_white_space_after_the_first(text: str) -> None:
    firsts = [token[0] for token in tokens(text)[1:]]

    assert [first for first in firsts if first.isspace()] == []
    # Beyond the basic plane marks are left alone: they belong to scripts that no Member files in.
    assert [first for first in firsts if first < "\U00010000" and unicodedata.combining(first)] == []


@pytest.mark.parametrize(
    "figure",
    [
        "1,000", "1 000", "1\u00a0000", "12\u202f000\u202f000,50", "1'000", "1.000,50", "10.5 %", "10\u00a0%", "5‰",
        "−5", "-5 °C", "+5", "±0.5 mm", "≥5", "€1,000", "€ 1,000", "EUR 1,000", "EUR\u00a01,000", "1,000 EUR",
        "1 000 €", "$35,000,000", "US$ 5 million", "EUR -5", "-€5", "EUR 2.50/kg", "SDR 100", "5 kg", "5 m²", "90 km/h",
        "10 per cent", "30.06", "15.05.2018", "2018-05-15", "15/05/2018", "2019/20", "3-5", "3–5 %", "17:30",
        "17:30 UTC", "17h30", "17 h 30", "5th", "1er", "3/4", "½", "2 ½", "1 1/2", "15 May 2018", "May 15, 2018",
        "May 2018", "1er janvier 2018", "15 de mayo de 2018", "15 мая 2018", "15 مايو 2018",
        "١٬٠٠٠٫٥ ٪", "٥٪", "１，０００", "1000元", "5万元", "2018年5月15日", "2018 年 5 月 15 日", "五千", "五千元",
        "三天", "三点五公斤", "mayo de 2018", "二〇一八年五月十五日", "一月一日",
        "5.2", "5.2.1", "v5.2", "5(2)(a)", "5 bis", "(a)", "(iv)", "(12)", "Article 5", "Article 5.2", "article 5 bis",
        "l'article 5", "Article 5 (a)", "Rule 5(1)(b)", "paragraph 4", "Standard 3", "Annex II", "Annex A.1", "§ 5",
        "§5", "No. 5", "n° 5", "paragraph 4 of Article 5",
        "two hundred and fifty", "Three thousand", "trois cent vingt", "treinta y cinco", "vingt et un mille",
        "forty-five million", "8 billones", "1.º de junio de 2019", "apartado 2 del artículo 4",
        "alinéa c) de l'article 5",
        "point 1 de la section 6", "paragraph 2 of the Annex II", "الفقرة 2 من المادة 4", "الفقرة (1) من المادة 4",
        "المادة ٥ (ب)", "3 ملايين دولار", "10 في المائة", "10 كغ", "百分之七", "第5条第2款第(3)项", "第十一条之二",
        "ISO 9001:2015", "المادة 5", "пункт 5", "第五条",
        "第5条第2款", "附件二",
    ],
)  # fmt: skip
def test_pieces_of_figure_or_reference_are_one(figure: str) -> None:
    assert pieces(figure) == [figure]
    assert pieces(f"Under {figure}, or") == ["Under", " ", figure, ",", " ", "or"]
    assert pieces(f"是{figure}。") == ["是", figure, "。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EUR 1,000.", ["EUR 1,000", "."]),
        ("(5 kg);", ["(", "5 kg", ")", ";"]),
        ("10 days", ["10", " ", "days"]),
        ("5 minutes", ["5", " ", "minutes"]),
        ("in 2018 500 parcels", ["in", " ", "2018", " ", "500", " ", "parcels"]),
        ("1234 567", ["1234", " ", "567"]),
        ("1 000 0000", ["1 000", " ", "0000"]),
        ("EUR 5 EUR 6", ["EUR 5", " ", "EUR 6"]),
        ("3 - 5", ["3", " ", "-", " ", "5"]),
        ("(b)-5", ["(b)", "-", "5"]),
        ("A-5 (-5)", ["A-5", " ", "(", "-5", ")"]),
        ("5\nkg", ["5", "\n", "kg"]),
        ("2018 l'Organisation", ["2018", " ", "l'Organisation"]),
        ("you may 5", ["you", " ", "may", " ", "5"]),
        ("Articles 5 and 6", ["Articles 5", " ", "and", " ", "6"]),
        ("Part Improvement", ["Part", " ", "Improvement"]),
        ("parcel(s)", ["parcel", "(s)"]),
        ("two and three, one of five", ["two", " ", "and", " ", "three", ",", " ", "one", " ", "of", " ", "five"]),
        ("la section 6 de la loi", ["la", " ", "section 6", " ", "de", " ", "la", " ", "loi"]),
        ("统一规定", ["统", "一", "规", "定"]),
        ("www.a-b.org/c?d=1,5&e (f)",
         ["www", ".", "a", "-", "b", ".", "org", "/", "c", "?", "d", "=", "1", ",", "5", "&", "e", " ", "(f)"]),
        ("https://a.org, b-c", ["https", ":", "/", "/", "a", ".", "org", ",", " ", "b-c"]),
    ],
)  # fmt: skip
def test_pieces_beside_a_figure_stay_apart(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "part",
    ["1", "1 ", "1,", "1 000 ", "-", "EUR ", "Article ", "Article 5 of ", "第", "一", "1月", "(a)", "5(a)", "A", "I.",
     "5 May of ", "1 1/", "www.", "http://", " ", "a\u0301", "\u200d", "+", "€", "AAA$", "1\u0301,", "第一",
     "two ", "hundred and ", "twenty-", "treinta y ", "百分之"],
)  # fmt: skip
def test_pieces_of_a_long_run_take_time_in_proportion(part: str) -> None:
    text = part * (60_000 // len(part))

    # With the time of a square, one of these would take minutes.
    assert "".join(pieces(text)) == text
