"""References: found with their own ranges, resolved in the nearest scope, and changed in their number only."""

import pytest

from server.wording.hunks import apply_hunks
from server.wording.mappings import find_mapped
from server.wording.outlines import outline
from server.wording.references import find_references, rewrite
from server.wording.targets import Places, Unresolved, resolve, rewrite_references


def told(text: str) -> list[tuple[str, str, str, int | None]]:
    """Return words, number, kind and container of each reference."""
    return [
        (each.words, text[each.number_start : each.number_end], each.kind, each.within)
        for each in find_references(text)
    ]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("see paragraph 2.", [("paragraph 2", "2", "paragraph", None)]),
        ("paragraphs 2 to 4", [("paragraphs 2", "2", "paragraph", None), ("4", "4", "paragraph", None)]),
        (
            "paragraphs 2, 3 and 5 shall apply",
            [("paragraphs 2", "2", "paragraph", None), ("3", "3", "paragraph", None), ("5", "5", "paragraph", None)],
        ),
        ("Articles 5 and 6", [("Articles 5", "5", "article", None), ("6", "6", "article", None)]),
        ("Articles 2-4", [("Articles 2", "2", "article", None), ("4", "4", "article", None)]),
        ("Annex I", [("Annex I", "I", "annex", None)]),
        ("Annexes A and B", [("Annexes A", "A", "annex", None), ("B", "B", "annex", None)]),
        ("sub-paragraph (a)", [("sub-paragraph (a)", "a", "subparagraph", None)]),
        (
            "sub-paragraphs (a) to (c)",
            [("sub-paragraphs (a)", "a", "subparagraph", None), ("(c)", "c", "subparagraph", None)],
        ),
        ("paragraph 5 (a) (i)", [("paragraph 5", "5", "paragraph", None), ("(a)", "a", "", 0), ("(i)", "i", "", 1)]),
        ("Article 5(2)", [("Article 5", "5", "article", None), ("(2)", "2", "", 0)]),
        (
            "paragraph 2 (a) and (b)",
            [("paragraph 2", "2", "paragraph", None), ("(a)", "a", "", 0), ("(b)", "b", "", 0)],
        ),
        ("Article 5.2 applies", [("Article 5.2", "5.2", "article", None)]),
        ("Article 12 bis", [("Article 12 bis", "12 bis", "article", None)]),
        ("Article 2a", [("Article 2a", "2a", "article", None)]),
        (
            "§ 3 and §§ 4 und 5",
            [("§ 3", "3", "section", None), ("§§ 4", "4", "section", None), ("5", "5", "section", None)],
        ),
        ("paragraph 2 of Article 5", [("paragraph 2", "2", "paragraph", 1), ("Article 5", "5", "article", None)]),
        ("Article 5, paragraph 2", [("Article 5", "5", "article", None), ("paragraph 2", "2", "paragraph", 0)]),
        ("paragraph 2 of this Article", [("paragraph 2", "2", "paragraph", 1), ("this Article", "", "article", None)]),
        ("à l’article 1er", [("article 1er", "1er", "article", None)]),
        (
            "le paragraphe 2 de l’article 5",
            [("paragraphe 2", "2", "paragraph", 1), ("article 5", "5", "article", None)],
        ),
        ("l’annexe I", [("annexe I", "I", "annex", None)]),
        ("la lettre b) de", [("lettre b)", "b", "point", None)]),
        ("Artikel 5 bis 7", [("Artikel 5", "5", "article", None), ("7", "7", "article", None)]),
        ("los artículos 5 y 6", [("artículos 5", "5", "article", None), ("6", "6", "article", None)]),
        ("пункт 2 статьи 5", [("пункт 2", "2", "paragraph", 1), ("статьи 5", "5", "article", None)]),
        ("依照第五条的规定", [("第五条", "五条", "article", None)]),
        ("第五条第二款", [("第五条", "五条", "article", None), ("第二款", "二款", "paragraph", 0)]),
        ("第三条至第五条", [("第三条", "三条", "article", None), ("第五条", "五条", "article", None)]),
        ("Standard 5, Standard 7", [("Standard 5", "5", "standard", None), ("Standard 7", "7", "standard", None)]),
        ("standard 3 applies", [("standard 3", "3", "standard", None)]),
        ("paragraphs 2 and 10 days", [("paragraphs 2", "2", "paragraph", None)]),
        ("Article 5 and 6 months", [("Article 5", "5", "article", None)]),
        ("Article 5, 2018", [("Article 5", "5", "article", None)]),
        ("the preceding paragraph", [("the preceding paragraph", "", "paragraph", None)]),
    ],
)
def test_find_references_gives_each_target_its_own_range(
    text: str, references: list[tuple[str, str, str, int | None]]
) -> None:
    assert told(text) == references


@pytest.mark.parametrize(
    "text",
    [
        *(
            "in paragraph form",
            "2 paragraphs",
            "Standard 2018",
            "in standard 20 foot containers",
            "the standard 5 days",
        ),
        *("a point 3 miles away", "paragraph 1,000", "Section 5-day", "a Party (a) and (b)", "the articles of trade"),
        *(
            "10 standards",
            "at this point",
            "this part of the world",
            "Article",
            "article.",
            "departments 5",
            "of 5 parts",
        ),
    ],
)
def test_find_references_of_other_words_and_numbers_finds_none(text: str) -> None:
    assert find_references(text) == ()


@pytest.mark.parametrize(
    ("text", "instruments"),
    [
        ("Article 7.4 of the TFA", ["TFA"]),
        ("Standard 3 of the Framework", ["Framework"]),
        ("Article 7.4 TFA", ["TFA"]),
        ("the WTO TFA Article 7.4", ["WTO TFA"]),
        ("the Framework’s Standard 3", ["Framework"]),
        ("paragraph 2 of Article 5 of the TFA", ["TFA", "TFA"]),
        ("Article 7, paragraph 4 of the TFA", ["TFA", "TFA"]),
        ("Articles 5 and 6 of the Revised Kyoto Convention", ["Revised Kyoto Convention", "Revised Kyoto Convention"]),
        ("Annex II to the Convention", ["Convention"]),
        ("Article 28 of GATT 1994", ["GATT 1994"]),
        ("l’article 5 de la Convention de Kyoto", ["Convention de Kyoto"]),
        ("Article 5 of this Convention", [""]),
        ("Article 5 of Members", [""]),
        ("paragraph 5 SHALL apply", [""]),
        ("Principle II Standard 5", ["", ""]),
        ("Standard 3 | Article 7.4 TFA", ["", "TFA"]),
    ],
)
def test_find_references_names_the_other_instrument(text: str, instruments: list[str]) -> None:
    assert [each.instrument for each in find_references(text)] == instruments


def test_references_of_a_short_text_are_read_once_and_those_of_a_long_one_not_kept() -> None:
    short, long = "As in Standard 3, paragraph 2, of the year.", f"As in Article 5. {'Words. ' * 300}"

    assert find_references(short) is find_references(short)
    assert find_references(long) == find_references(long)
    assert find_references(long) is not find_references(long)


def test_find_references_tells_ranges_and_directions() -> None:
    references = find_references("paragraphs 2 to 4 above, paragraph 7 below, the following Article, this Standard")

    assert [(each.through, each.relative) for each in references] == [
        *((False, "above"), (True, "above"), (False, "below"), (False, "following"), (False, "this")),
    ]


MAPPING_HEAD = "TFA Articles | Corresponding Principles and Standards of the Framework"


@pytest.mark.parametrize(
    ("row", "header", "columns"),
    [
        ("Standard 3 | Article 7.4 TFA", "", [[("standard", "3", "")], [("article", "7.4", "TFA")]]),
        (
            "7.4: Risk Management | Principle I: Advance Data Standard 3: Risk",
            MAPPING_HEAD,
            [[("article", "7.4", "TFA")], [("principle", "I", "Framework"), ("standard", "3", "Framework")]],
        ),
        (
            "Article 7: Release 7.1: Pre-arrival | Standard 5",
            MAPPING_HEAD,
            [[("article", "7", "TFA"), ("article", "7.1", "TFA")], [("standard", "5", "Framework")]],
        ),
        (" | Principle II", MAPPING_HEAD, [[], [("principle", "II", "Framework")]]),
        ("7.4: Risk | 3: Risk", "", [[], []]),
    ],
)
def test_find_mapped_reads_a_cell_with_the_head_of_its_column(
    row: str, header: str, columns: list[list[tuple[str, str, str]]]
) -> None:
    cells = find_mapped(row, header)

    assert [
        [(each.kind, row[each.number_start : each.number_end], each.instrument) for each in cell] for cell in cells
    ] == columns


TEXT = outline(
    [
        *(("HEADING", 1, "Article 1"), ("PARAGRAPH", 0, "1."), ("PARAGRAPH", 0, "2."), ("LIST_ITEM", 1, "(a)")),
        *(("LIST_ITEM", 2, "(i)"), ("LIST_ITEM", 1, "(b)"), ("HEADING", 1, "Article 2"), ("PARAGRAPH", 0, "1.")),
        *(("PARAGRAPH", 0, "2."), ("LIST_ITEM", 1, "(a)"), ("PARAGRAPH", 0, "3."), ("LIST_ITEM", 1, "(a)")),
        *(("LIST_ITEM", 2, "1."), ("LIST_ITEM", 2, "2."), ("HEADING", 1, "Annex II"), ("PARAGRAPH", 0, "Note")),
    ]
)


@pytest.mark.parametrize(
    ("text", "at", "targets"),
    [
        ("paragraph 2", 1, [2]),
        ("paragraph 2", 7, [8]),
        ("paragraph 2", 12, [8]),  # and not the item 2. beside it
        ("paragraph 2", 14, [Unresolved.AMBIGUOUS]),
        ("paragraph 3", 1, [10]),
        ("paragraph 9", 1, [Unresolved.NOWHERE]),
        ("paragraph 2 of Article 2", 1, [8, 6]),
        ("Article 2, paragraph 2 (a)", 1, [6, 8, 9]),
        ("Article 2.3", 1, [10]),
        ("sub-paragraph (a)", 2, [3]),
        ("sub-paragraph (a)", 5, [3]),
        ("sub-paragraph (b)", 4, [5]),
        ("paragraph 2 (a) (i)", 1, [2, 3, 4]),
        ("paragraph 2 of this Article", 11, [8, 6]),
        ("paragraph 7 of Article 2", 1, [Unresolved.NOWHERE, 6]),
        ("paragraph 1 of Article 7", 1, [Unresolved.NOWHERE, Unresolved.NOWHERE]),
        ("the preceding paragraph", 9, [7]),
        ("the following paragraph", 7, [8]),
        ("the preceding Article", 7, [0]),
        ("the preceding Article", 1, [Unresolved.NOWHERE]),
        ("Annex II", 1, [14]),
        ("Article 1 of the TFA", 1, [Unresolved.ELSEWHERE]),
        ("Article 1 of the Framework", 1, [0]),
        ("paragraph 1 above", 10, [7]),
        ("paragraph 2 below", 7, [8]),
        ("paragraph 2 above", 7, [2]),
    ],
)
def test_resolve_takes_the_nearest_scope_first(text: str, at: int, targets: list[int | Unresolved]) -> None:
    assert list(resolve(find_references(text), Places(TEXT), at, {"Framework"})) == targets


@pytest.mark.parametrize(
    ("text", "number", "rewritten"),
    [
        ("see paragraph 2.", "3.", "see paragraph 3."),
        ("see sub-paragraph (b),", "(c)", "see sub-paragraph (c),"),
        ("see point b)", "(b) bis", "see point b bis)"),
        ("l’article 2", "Article 1er", "l’article 1er"),
        ("依照第五条", "第六条", "依照第六条"),
        ("依照第5条", "第六条", "依照第6条"),
        ("依照第五条", "第五条之一", "依照第五条之一"),
        ("Annex I of", "Annex II", "Annex II of"),
        ("Article 5", "6", "Article 6"),
    ],
)
def test_rewrite_changes_the_number_only(text: str, number: str, rewritten: str) -> None:
    (reference,) = find_references(text)

    assert apply_hunks(text, [rewrite(text, reference, number)]) == rewritten


def test_rewrite_without_a_number_is_refused() -> None:
    relative, numbered = find_references("this Article and Article 5")

    with pytest.raises(ValueError, match="no number"):
        rewrite("this Article", relative, "5")
    with pytest.raises(ValueError, match="no number"):
        rewrite("Article 5", numbered, "five")


@pytest.mark.parametrize(
    ("text", "at", "rewritten"),
    [
        ("See Article 2, paragraph 2 (a).", 1, "See Article 3, paragraph 4 (a)."),
        ("See Article 2.2 and paragraphs 1 to 2.", 7, "See Article 3.4 and paragraphs 1 to 4."),
        ("See Article 2 of the TFA, and paragraph 9.", 7, "See Article 2 of the TFA, and paragraph 9."),
    ],
)  # fmt: skip
def test_rewrite_references_follows_new_numbers_of_the_text_itself(text: str, at: int, rewritten: str) -> None:
    hunks = rewrite_references(text, at, Places(TEXT), {6: "Article 3", 8: "4."})

    assert apply_hunks(text, hunks) == rewritten


def test_ten_thousand_references_are_found_and_resolved() -> None:
    text = "paragraph 2 of Article 2, and " * 5_000

    references = find_references(text)

    assert len(references) == 10_000
    assert set(resolve(references, Places(TEXT), 1)) == {8, 6}


@pytest.mark.parametrize(
    "text",
    [
        *("paragraph " * 5_000, "paragraph 1" + "1" * 50_000, "paragraph 1 of " * 5_000, "Article (" * 10_000),
        *("Articles 1, " + "2, " * 10_000, "Article 5 of the " + "Aa " * 20_000, "AA " * 20_000 + "Article 5"),
        *("paragraph 5" + " (a)" * 20_000, "第" * 50_000, "Article 1." + "1." * 30_000, "the preceding " * 10_000),
    ],
)
def test_hostile_words_are_read_in_linear_time(text: str) -> None:
    references = find_references(text)

    assert all(text[each.start : each.end] == each.words for each in references)
    assert len(resolve(references, Places(TEXT), 1)) == len(references)
