"""Reading papers: nothing lost, nothing reordered, nothing guessed silently."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.documents.markdown import (
    Document,
    Unit,
    UnitKind,
    UnreadableDocument,
    WarningKind,
    print_document,
    read_document,
)

PAPERS = Path(__file__).resolve().parents[3] / "shared" / "source-documents"
TITLE, HEADING, PARAGRAPH = UnitKind.TITLE, UnitKind.HEADING, UnitKind.PARAGRAPH
LIST_ITEM, SUB_ITEM, TABLE, TABLE_ROW = UnitKind.LIST_ITEM, UnitKind.SUB_ITEM, UnitKind.TABLE, UnitKind.TABLE_ROW
FOOTNOTE, CODE, BOX = UnitKind.FOOTNOTE, UnitKind.CODE, UnitKind.BOX


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def words_as_printed(markdown: str) -> list[str]:
    """An independent reading: links keep their target, a number in superscript is a word, every other tag goes."""
    text = re.sub(r"<(https?://[^>]*)>", r" \1 ", markdown)
    text = re.sub(r"<sup>(\d+)</sup>", r" \1 ", text)
    text = re.sub(r"</?(?:p|br|hr|table|tr|td|th|ul|li)\b[^>]*>", " ", text)
    text = re.sub(r"</?[a-z]+[^>]*>", "", text)
    return words(html.unescape(text))


def read_units(markdown: str) -> list[tuple[UnitKind, int, str, str]]:
    """Read a paper; of each unit its kind, level, number and text."""
    return [unit[:4] for unit in read_document(markdown).units]


def kinds(document: Document) -> dict[str, int]:
    return dict(Counter(unit.kind.value for unit in document.units))


def warning_kinds(document: Document) -> dict[str, int]:
    return dict(Counter(warning.kind.value for warning in document.warnings))


def paper(number: str) -> str:
    found = sorted(PAPERS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"paper {number} is not beside the checkout, in {PAPERS}")
    return found[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_real_paper_keeps_every_word_in_order(number: str) -> None:
    markdown = paper(number)

    document = read_document(markdown)

    assert words(print_document(document.units)) == words_as_printed(markdown)


@pytest.mark.parametrize(
    ("number", "units", "warnings"),
    [
        ("000", {"HEADING": 5, "PARAGRAPH": 34, "LIST_ITEM": 13}, {"OCR_NOISE": 22, "CONTINUED": 1}),
        (
            "001",
            {"HEADING": 3, "PARAGRAPH": 4, "LIST_ITEM": 22, "SUB_ITEM": 17, "FOOTNOTE": 1},
            {"OCR_NOISE": 9, "FURNITURE": 3, "CONTINUED": 1},
        ),
        (
            "002",
            {"TITLE": 1, "HEADING": 10, "PARAGRAPH": 9, "LIST_ITEM": 16, "SUB_ITEM": 3},
            {"FURNITURE": 4, "CONTINUED": 1},
        ),
        (
            "003",
            {"HEADING": 5, "PARAGRAPH": 7, "LIST_ITEM": 30, "SUB_ITEM": 3, "TABLE": 9, "TABLE_ROW": 55},
            {"TABLE_CONTINUED": 6, "CONTINUED": 2},
        ),
        ("004", {"PARAGRAPH": 14}, {}),
    ],
)
def test_a_real_paper_has_these_units_and_doubts(number: str, units: dict[str, int], warnings: dict[str, int]) -> None:
    document = read_document(paper(number))

    assert (kinds(document), warning_kinds(document)) == (units, warnings)


def test_the_numbers_of_a_real_paper_are_split_off() -> None:
    document = read_document(paper("003"))

    numbers = [unit.printed_number for unit in document.units if unit.printed_number]
    before = ["b)", "I.", *(f"{n}." for n in range(1, 3)), "II.", *(f"{n}." for n in range(3, 18))]
    assert numbers == [*before, "III.", *(f"{n}." for n in range(18, 27)), "IV.", "27."]


@pytest.mark.parametrize(
    ("markdown", "units"),
    [
        ("## II. Aims of the plan\n", [(HEADING, 2, "II.", "Aims of the plan")]),
        ("**III. Aims of the plan**", [(HEADING, 1, "III.", "Aims of the plan")]),
        ("II. Tools and texts :", [(HEADING, 1, "II.", "Tools and texts :")]),
        ("I. A sentence is no heading.", [(LIST_ITEM, 1, "I.", "A sentence is no heading.")]),
        ("SUMMARY OF AIMS", [(HEADING, 1, "", "SUMMARY OF AIMS")]),
        ("PTC", [(PARAGRAPH, 0, "", "PTC")]),
        ("**Aims of the plan**", [(PARAGRAPH, 0, "", "Aims of the plan")]),
        ("4, Boats may wait here.", [(LIST_ITEM, 1, "4,", "Boats may wait here.")]),
        ("(a) boats", [(LIST_ITEM, 1, "(a)", "boats")]),
        ("(EC) boats", [(PARAGRAPH, 0, "", "(EC) boats")]),
        ("9. One\n10. Two\n    goes on", [(LIST_ITEM, 1, "9.", "One"), (LIST_ITEM, 1, "10.", "Two goes on")]),
        ("- (b) One\n  - Two", [(LIST_ITEM, 1, "(b)", "One"), (SUB_ITEM, 2, "", "Two")]),
        ("- One\n\n  More", [(LIST_ITEM, 1, "", "One"), (PARAGRAPH, 1, "", "More")]),
        ("- 2.", [(LIST_ITEM, 1, "2.", "")]),
        ("1. - One", [(LIST_ITEM, 1, "1.", ""), (SUB_ITEM, 2, "", "One")]),
        ("> One\n\n> Two", [(BOX, 0, "", "One"), (BOX, 0, "", "Two")]),
        ("        One\n        Two", [(PARAGRAPH, 0, "", "One Two")]),
        ("One\n-  \n(HYBRID)", [(PARAGRAPH, 0, "", "One - (HYBRID)")]),
        ("One\n---\nTwo", [(HEADING, 2, "", "One"), (PARAGRAPH, 0, "", "Two")]),
        ("One ends.\n---\nTwo", [(PARAGRAPH, 0, "", "One ends."), (PARAGRAPH, 0, "", "Two")]),
        ("\\*\n\n\\* \\*", [(PARAGRAPH, 0, "", "*"), (PARAGRAPH, 0, "", "* *")]),
        ("[one]: http://a.example 'two'", [(PARAGRAPH, 0, "", "[one]: http://a.example 'two'")]),
    ],
)
def test_blocks_become_units(markdown: str, units: list[tuple[UnitKind, int, str, str]]) -> None:
    assert read_units(markdown) == units


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("The E-\nCommerce plan", "The E-Commerce plan"),
        ("The plan -\nnot the aim", "The plan - not the aim"),
        ("235<sup>th</sup>/236<sup>th</sup>  \nround", "235th/236th round"),
        ("plan<sup>1</sup> and", "plan^1 and"),
        ("a <http://a.example/x_y?b=%41> b", "a http://a.example/x_y?b=%41 b"),
        ("an [old **plan**](http://a.example 'x')", "an [old plan](http://a.example 'x')"),
        ('an [old **plan**](http://a.example "x y")', "an old plan (http://a.example x y)"),
        ("one[two](http://a.example)", "one two (http://a.example)"),
        ("![a map](map.png)", "a map (map.png)"),
        ('see <a class="x" href="http://a.example">the plan</a>', "see the plan (http://a.example)"),
        ("fish &amp; chips &eacute;&nbsp;x", "fish & chips é\u00a0x"),
        ("2*3*4 and **one**two and *three*", "2*3*4 and one**two and three"),
        ("one`two`three `four`", "one`two`three four"),
        ("one<br>two <i>three</i> <Member> <script>x</script>", "one two three <Member> <script>x</script>"),
        ("one <!-- two -->", "one <!-- two -->"),
        ("1 < 2 and 3 > 2 [ ] ( ![", "1 < 2 and 3 > 2 [ ] ( !["),
    ],
)
def test_inline_marks_go_and_words_stay(markdown: str, text: str) -> None:
    assert read_units(markdown) == [(PARAGRAPH, 0, "", text)]


def test_rows_of_a_pipe_table_keep_every_cell() -> None:
    document = read_document(
        "| No. | Boat |\n|-|---|\n| 1. | <p>A \\| **B**</p> <hr> <p>C</p> | extra |\n| | D\n|---|---|\n"
    )

    assert [(unit.parent, *unit[:4]) for unit in document.units] == [
        (None, TABLE, 0, "", ""),
        (0, TABLE_ROW, 1, "", "No. | Boat"),
        (0, TABLE_ROW, 2, "", "1. | A \\| B C | extra"),
        (0, TABLE_ROW, 2, "", " | D"),
    ]


@pytest.mark.parametrize(
    "markdown",
    [
        "| | |\n|-|-|\n| Hub | open |\n| Post | shut |",
        "<table><tr><th></th><th></th></tr><tr><td>Hub</td><td>open</td></tr><tr><td>Post</td><td>shut</td></tr></table>",
    ],
)
def test_a_blank_header_is_no_row(markdown: str) -> None:
    document = read_document(markdown)

    assert document.warnings == ()
    assert [(unit.parent, *unit[:4]) for unit in document.units] == [
        (None, TABLE, 0, "", ""),
        (0, TABLE_ROW, 1, "", "Hub | open"),
        (0, TABLE_ROW, 2, "", "Post | shut"),
    ]


def test_a_table_of_blank_cells_alone_is_no_paper() -> None:
    with pytest.raises(UnreadableDocument, match=r"^The document is empty\.$"):
        read_document("| | |\n|-|-|")


def test_rows_of_an_html_table_keep_words_outside_the_cells() -> None:
    document = read_document(
        "Before\n<table>stray<tr><th>No.</th><th>Boat</th></tr>"
        "<tr><td>1 &lt; 2<td><p>A</p><p>B</p></td></tr></table> after"
    )

    assert [unit[:4] for unit in document.units] == [
        (PARAGRAPH, 0, "", "Before"),
        (TABLE, 0, "", ""),
        (TABLE_ROW, 1, "", "stray"),
        (TABLE_ROW, 2, "", "No. | Boat"),
        (TABLE_ROW, 2, "", "1 < 2 | A B"),
        (PARAGRAPH, 0, "", "after"),
    ]


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        ("10<sup>6</sup> parcels, 5 m<sup>3</sup>", ["10^6 parcels, 5 m^3"]),
        ("a plan<sup>1</sup> here, 9 m<sup>1</sup>\n\n<sup>1</sup> Note", ["a plan[1] here, 9 m^1", "Note"]),
        ("Members <del>may</del> <ins>shall</ins> report.", ["Members ~~may~~ ++shall++ report."]),
        ("10\u00a0% de frais\u00a0: oui\u202f; non", ["10\u00a0% de frais\u00a0: oui\u202f; non"]),
        ("Some[^n].\n\n[^n]: Note", ["Some[n].", "Note"]),
        ("Some[^n].", ["Some[^n]."]),
        ("```\n# one\n  __two__\n```", ["# one\n  __two__"]),
        ("\ufeff# Data", ["Data"]),
        ("  |   \n--- | ---\na | b\nc | d", ["", "a | b", "c | d"]),
        (
            "<table><tr><td rowspan=2>a</td><td colspan=2>b</td><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr>"
            "</table>",
            ["", "a | b |  | c", " | d | e | f"],
        ),
        (
            "<table><caption>Fees</caption><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>",
            ["Fees", "a b"],
        ),
    ],
)
def test_what_else_papers_hold_is_kept(markdown: str, texts: list[str]) -> None:
    assert [unit.text for unit in read_document(markdown).units] == texts


def test_emphasis_is_kept_beside_the_text() -> None:
    (unit,) = read_document("**5.** Ports *shall* **not** `wait` <u>here</u>, 2*3*4.").units

    marked = [(unit.text[mark.start : mark.end], mark.kind.value) for mark in unit.marks]
    assert (unit.printed_number, unit.text) == ("5.", "Ports shall not wait here, 2*3*4.")
    assert marked == [("shall", "ITALIC"), ("not", "BOLD"), ("wait", "CODE"), ("here", "UNDERLINE")]


@pytest.mark.parametrize(
    ("markdown", "doubt"),
    [
        (
            "Ports <del>may</del> <ins>shall</ins> open.",
            (
                "TRACKED_CHANGE",
                0,
                "~~may~~ ++shall++",
                "Find out which words were agreed, and import the paper without the marks of changes.",
                None,
                None,
                None,
            ),
        ),
        (
            "---\ntitle: A plan\n---\n\n# Plan",
            (
                "FRONT_MATTER",
                0,
                "title: A plan",
                "Leave these lines out of the text; give title and label with the import.",
                None,
                None,
                None,
            ),
        ),
        (
            "1. One.\n2. Two.\n7. Seven.",
            (
                "UNCERTAIN_NUMBER",
                2,
                "7. Seven.",
                "Keep it as a number of the paper; if these are words of a sentence, join it to the unit before.",
                None,
                None,
                None,
            ),
        ),
        (
            "4.2 évaluation des risques",
            (
                "UNCERTAIN_NUMBER",
                0,
                "4.2 évaluation des risques",
                "If 4.2 is a number of the paper, set it as the number of this unit.",
                LIST_ITEM,
                1,
                "4.2",
            ),
        ),
        (
            "Il. Aims of it",
            ("OCR_NOISE", 0, "Il.", "Print the number as II.", None, None, "II."),
        ),
        (
            "Ports open[^1].",
            ("UNTIED_NOTE", 0, "[^1]", "Look for this footnote in the paper: there is none here.", None, None, None),
        ),
    ],
)
def test_a_doubt_says_what_the_reader_would_do(markdown: str, doubt: tuple[object, ...]) -> None:
    assert [tuple(each) for each in read_document(markdown).warnings] == [doubt]


def test_an_unclosed_html_table_is_read_as_text() -> None:
    assert read_document("<table><tr><td>One\n\nTwo").units == (
        Unit(PARAGRAPH, 0, "", "One"),
        Unit(PARAGRAPH, 0, "", "Two"),
    )


def test_headings_run_into_a_paragraph_are_cut_from_it() -> None:
    document = read_document(
        "1. Boats wait.\n l. Aims\n\nII. Acts asked\n7. Boats go.\n\nAs said in June\n7 boats. They go."
    )

    assert [unit[:4] for unit in document.units] == [
        (LIST_ITEM, 1, "1.", "Boats wait."),
        (HEADING, 1, "l.", "Aims"),
        (HEADING, 1, "II.", "Acts asked"),
        (LIST_ITEM, 1, "7.", "Boats go."),
        (PARAGRAPH, 0, "", "As said in June 7 boats. They go."),
    ]


@pytest.mark.parametrize(
    ("markdown", "warnings"),
    [
        ("Boats of\n\n- 2.\n\nthe fleet.", [(WarningKind.CONTINUED, 0, "Boats of"), (WarningKind.FURNITURE, 1, "2.")]),
        ("1. Cross-border E-\n\nCommerce.", [(WarningKind.CONTINUED, 0, "Cross-border E-")]),
        ("- boats of\n- the fleet", []),
        ("- boats of\n\n---\n\n- the fleet", [(WarningKind.CONTINUED, 0, "boats of")]),
        ("boats; and,\n\nthe fleet", []),
        ("Boats.\n\nthe fleet", []),
        (
            "Boats\n\n---\n\n<sup>1</sup> <http://a.example>",
            [(WarningKind.FURNITURE, 1, "[1] http://a.example")],
        ),
        ("Page 2 of 9\n\nx x", [(WarningKind.FURNITURE, 0, "Page 2 of 9"), (WarningKind.FURNITURE, 1, "x x")]),
        ('The Fo0S at its 6" round', [(WarningKind.OCR_NOISE, 0, "Fo0S"), (WarningKind.OCR_NOISE, 0, '6"')]),
        ("See section Ill and Annex | here", [(WarningKind.OCR_NOISE, 0, "Ill"), (WarningKind.OCR_NOISE, 0, "|")]),
        ("¢ Boats;\n\ne Ships", [(WarningKind.OCR_NOISE, 0, "¢"), (WarningKind.OCR_NOISE, 1, "e")]),
        ("Il. Aims\n\n4, Boats.", [(WarningKind.OCR_NOISE, 0, "Il."), (WarningKind.OCR_NOISE, 1, "4,")]),
        ("PC0690Ea, B2C, 4.0a and section II", []),
        ("|A|B|\n|-|-|\n|a|b|\n\n|A|B|\n|-|-|\n|c|d|", [(WarningKind.TABLE_CONTINUED, 4, "c | d")]),
        ("|A|B|\n|-|-|\n| |b|", []),
        ("|A|B|\n|-|-|\n|a|b|\n\n|C|D|\n|-|-|\n| |d|", [(WarningKind.TABLE_CONTINUED, 4, "| d")]),
        ("| | |\n|-|-|\n|a|b|", []),
        ("|A|B|\n|-|-|\n|a|b|\n\n| | |\n|-|-|\n|c|d|", [(WarningKind.TABLE_CONTINUED, 4, "c | d")]),
        ("|A|B|\n|-|-|\n|a|b|\n\n| | | |\n|-|-|-|\n|c|d|e|", []),
        ("| |B|\n|-|-|\n|a|b|", []),
    ],
)
def test_doubts_name_the_unit_and_the_words(markdown: str, warnings: list[tuple[WarningKind, int, str]]) -> None:
    assert [warning[:3] for warning in read_document(markdown).warnings] == warnings


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("", "The document is empty."),
        (" \r\n\n---\n\n<p></p>", "The document is empty."),
        ("a\0b", "The document contains a NUL character; it is not a text file."),
        ("a\ud800b", "The document contains half characters; it is not text."),
        ("é" * 1_000_001, "The document has 2,000,002 bytes; at most 2,000,000 are read."),
        ("\n" * 100_001 + "a", "The document has more than 100,000 lines."),
        ("*a" * 200_001, "The document has more than 200,000 marks of markdown or HTML."),
        ("a" * 50_001, "A paragraph or table row has more than 50,000 characters."),
        ("|" + "a|" * 25_001 + "\n|-|\n", "A paragraph or table row has more than 50,000 characters."),
        ("- a\n" * 10_001, "The document has more than 10,000 paragraphs, items and rows."),
        ("-\n" * 55_000, "The document has too many paragraphs, list items and table rows."),
        ("> " * 100_000 + "a", "Lists and quotations are nested too deep to be a paper."),
        ("- " * 12 + "a", "Lists and quotations are nested too deep to be a paper."),
        ("".join(" " * 2 * n + "- a\n" for n in range(300)), "Lists and quotations are nested too deep to be a paper."),
    ],
)
def test_an_unreadable_paper_is_refused_with_the_reason(markdown: str, message: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(markdown)

    assert refused.value.message == message


@pytest.mark.parametrize(
    "mark", ["[", "![", "[a](", '![a](b "', "<", "<p ", "<!--", "<table>\n", "*a", "`` `", "&", "a.\nI. X\n"]
)
def test_a_hostile_paragraph_is_read_in_linear_time(mark: str) -> None:
    text = "x" + mark * (20_000 // len(mark))

    document = read_document(text)

    assert words(print_document(document.units)) == words(re.sub(r"<table>", " ", text))


def test_the_deepest_list_that_is_read_loses_nothing() -> None:
    document = read_document("- " * 10 + "a")

    assert document.units == (Unit(SUB_ITEM, 10, "", "a"),)


def test_the_longest_paper_that_is_read_loses_nothing() -> None:
    document = read_document("|a|b|\n|-|-|\n" + "|a|b|\n" * 9_999)

    assert len(document.units) == 10_001  # the table, and its rows


WORD = st.text("abcdeéñ0123", min_size=1, max_size=6)
RUN = st.lists(
    st.one_of(
        WORD,
        WORD.map("**{}**".format),
        WORD.map("*{}*".format),
        WORD.map("`{}`".format),
        WORD.map("<i>{}</i>".format),
        WORD.map("{}<sup>1</sup>".format),
        WORD.map("\\*{}".format),
        WORD.map("<http://{}.example>".format),
        WORD.map("[{}](http://a.example)".format),
        st.sampled_from(
            ["&amp;", "-", "|", "[", "]", "*", "_", "x*y*z", "1.", "(a)", "II.", "<br>", "  \n", "-\n", "\n2. ", "\n> "]
        ),
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
CELL = WORD | st.sampled_from(["", "<p>one</p> <hr> <p>two</p>", "\\|", "1."])
ROW = st.lists(CELL, min_size=1, max_size=5).map(lambda cells: f"| {' | '.join(cells)} |")
BLOCK = st.one_of(
    RUN,
    RUN.map("    {}".format),
    RUN.map("## {}".format),
    RUN.map("> {}".format),
    st.lists(st.tuples(st.sampled_from(["- ", "  - ", "3. ", "   7) ", "- 2. ", "-  \n"]), RUN), max_size=5).map(
        lambda items: "\n".join(marker + run for marker, run in items)
    ),
    st.tuples(ROW, st.lists(ROW, max_size=4)).map(lambda rows: "\n".join([rows[0], "|---|---|", *rows[1]])),
    st.lists(CELL, min_size=1, max_size=4).map(
        lambda cells: f"<table><tr><td>{'</td><td>'.join(cells)}</td></tr></table>"
    ),
    st.sampled_from(
        ["---", "===", "```", "<ul><li>x", "(a) x", "<!-- x -->", "<div>x", "[a]: b", "-", "x\n---", "x\n-  \ny"]
    ),
)


@given(
    st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join) | st.lists(BLOCK, min_size=1, max_size=6).map("\n".join)
)
def test_any_paper_keeps_every_word_in_order(markdown: str) -> None:
    assume(markdown.count("```") < 2)  # what stands between fences is kept as it is written
    expected = words_as_printed(markdown)

    try:
        printed = print_document(read_document(markdown).units)
    except UnreadableDocument as refused:
        printed = ""
        assert refused.message == "The document is empty."  # noqa: PT017

    assert words(printed) == expected


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read_document(text)
    except UnreadableDocument as refused:
        assert refused.message  # noqa: PT017
    else:
        assert all(warning.unit in range(len(document.units)) for warning in document.warnings)
