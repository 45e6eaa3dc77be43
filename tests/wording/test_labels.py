"""Labels: every printed number is read in its parts and printed again as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wording.labels import FAMILIES, key_of, parse_label, print_label, readings_of
from server.wording.numerals import Style, print_numeral, values_of
from tests.wording.strategies import quick


@pytest.mark.parametrize(
    ("printed", "word", "values", "suffixes"),
    [
        ("9.", "", (9,), ()),
        ("9)", "", (9,), ()),
        ("1.1.2", "", (1, 1, 2), ()),
        ("4.3.", "", (4, 3), ()),
        ("(a)", "", (1,), ()),
        ("b)", "", (2,), ()),
        ("(iv)", "", (4,), ()),
        ("ii)", "", (2,), ()),
        ("aa)", "", (27,), ()),
        ("IX.", "", (9,), ()),
        ("[1]", "", (1,), ()),
        ("а)", "", (1,), ()),
        ("١.", "", (1,), ()),
        ("（一）", "", (1,), ()),
        ("二十一、", "", (21,), ()),
        ("第五条", "article", (5,), ()),
        ("第 5 条", "article", (5,), ()),
        ("第十二章", "chapter", (12,), ()),
        ("第五条之一", "article", (5,), (1,)),
        ("附件二", "annex", (2,), ()),
        ("Article 5", "article", (5,), ()),
        ("Article 7.4", "article", (7, 4), ()),
        ("Article 5 bis", "article", (5,), (1,)),
        ("Article 1er", "article", (1,), ()),
        ("ARTICLE XII.", "article", (12,), ()),
        ("Artículo 3.", "article", (3,), ()),
        ("статья 5", "article", (5,), ()),
        ("Standard 3:", "standard", (3,), ()),
        ("Principe VI", "principle", (6,), ()),
        ("Norme 4", "standard", (4,), ()),
        ("Annex II", "annex", (2,), ()),
        ("Anlage 2", "annex", (2,), ()),
        ("Section 1 –", "section", (1,), ()),
        ("§ 3", "section", (3,), ()),
        ("12 bis.", "", (12,), (1,)),
        ("2bis", "", (2,), (1,)),
        ("5 бис", "", (5,), (1,)),
        ("1a.", "", (1,), (1,)),
        ("2aa.", "", (2,), (1, 1)),
        ("(b bis)", "", (2,), (1,)),
        ("(b) ter", "", (2,), (2,)),
        ("4 nonies", "", (4,), (8,)),
        ("1 ante.", "", (1,), (-1,)),
        ("A.1", "", (1, 1), ()),
    ],
)
def test_parse_label_reads_the_parts_and_print_label_prints_them_again(
    printed: str, word: str, values: tuple[int, ...], suffixes: tuple[int, ...]
) -> None:
    label = parse_label(printed)

    assert label is not None
    assert label.word == word
    assert tuple(step.value for step in label.steps) == values
    assert tuple(suffix.value for suffix in label.suffixes) == suffixes
    assert print_label(label) == printed


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "",
            "L. 121-7",
            "2018",
            "1,000",
            "the",
            "to",
            "no.",
            "(1",
            "1))",
            "IIII.",
            "01.",
            "5th",
            "Article",
            "第五",
            "5条",
        ),
        *("•", "–", "9" * 10_000, "1." * 10_000, "(" * 10_000, "Article " + "i" * 10_000),
    ],
)
def test_parse_label_of_words_years_and_hostile_input_is_none(printed: str) -> None:
    assert parse_label(printed) is None


@pytest.mark.parametrize(
    ("printed", "styles"),
    [
        ("(i)", [Style.ROMAN_LOWER, Style.LETTER_LOWER]),
        ("(c)", [Style.LETTER_LOWER, Style.ROMAN_LOWER]),
        ("(v)", [Style.ROMAN_LOWER, Style.LETTER_LOWER]),
        ("(b)", [Style.LETTER_LOWER]),
        ("C.", [Style.LETTER_UPPER, Style.ROMAN_UPPER]),
        ("(aa)", [Style.LETTER_LOWER, Style.SHEET_LOWER, Style.LETTER_LOWER]),
        ("(ab)", [Style.SHEET_LOWER, Style.LETTER_LOWER]),
    ],
)
def test_readings_of_an_ambiguous_label_are_all_told(printed: str, styles: list[Style]) -> None:
    assert [reading.steps[-1].style for reading in readings_of(printed)] == styles


@pytest.mark.parametrize(
    ("left", "right"), [("2 bis.", "(2bis)"), ("第五条", "Article 5"), ("(a)", "a)"), ("Article 1er", "1."), ("٣", "3")]
)
def test_key_of_one_number_is_the_same_however_it_is_printed(left: str, right: str) -> None:
    first, second = parse_label(left), parse_label(right)

    assert first
    assert second
    assert key_of(first) == key_of(second)


@pytest.mark.parametrize("style", Style)
def test_print_numeral_is_read_again_with_its_value(style: Style) -> None:
    printed = {value: print_numeral(style, value) for value in range(1000)}

    wrong = {
        value: numeral
        for value, numeral in printed.items()
        if numeral and value not in {v for _, v in values_of(numeral)}
    }

    assert len([numeral for numeral in printed.values() if numeral]) >= 50
    assert wrong == {}


_words = st.sampled_from(["", "", "Article ", "Standard\u00a0", "Annexe ", "§ ", "ARTICLE ", "Артикул "])
_cores = st.builds(
    lambda style, values: ".".join(print_numeral(style, value) or "1" for value in values),
    st.sampled_from(list(Style)),
    st.lists(st.integers(0, 60), min_size=1, max_size=3),
)
_suffixes = st.lists(
    st.builds(
        lambda gap, family, place: gap + FAMILIES[family][place],
        st.sampled_from(["", " ", "-"]),
        st.sampled_from(sorted(FAMILIES)),
        st.integers(0, 6),
    ),
    max_size=2,
).map("".join)
_marks = st.sampled_from([("", ""), ("", "."), ("", ")"), ("(", ")"), ("[", "]"), ("（", "）"), ("", " –"), ("", ":")])
_printed = st.builds(
    lambda word, core, suffix, marks: f"{word}{marks[0]}{core}{suffix}{marks[1]}", _words, _cores, _suffixes, _marks
)


@quick
@given(st.one_of(_printed, st.text(alphabet="()[].1aivx bister第条之一", max_size=10)))
def test_print_label_of_every_reading_is_what_was_read(printed: str) -> None:
    assert {print_label(reading) for reading in readings_of(printed)} <= {printed}
