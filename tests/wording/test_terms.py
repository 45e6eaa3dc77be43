"""Defined terms: the usual forms of a definition, and every use as a word."""

import pytest

from server.wording.terms import Definition, TermPassage, Use, find_definitions, find_uses


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("“E-Commerce” means trade at a distance.", ["E-Commerce"]),
        ('"Party" shall mean a State.', ["Party"]),
        ("‘consignment’ refers to goods sent together.", ["consignment"]),
        ("“seller” means a person; “buyer” means another.", ["seller", "buyer"]),
        ("“seller” and “vendor” mean a person.", ["seller", "vendor"]),
        ("The term “parcel” is defined as a thing.", ["parcel"]),
        ("“goods” has the meaning of things.", ["goods"]),
        ("the Union of Posts (hereinafter “Union”) shall", ["Union"]),
        ("hereinafter referred to as “the Parties”, agree", ["Parties"]),
        ("the Framework of Standards (the “Framework”)", ["Framework"]),
        ("the Organization (“WCO”) and", ["WCO"]),
        ("« envoi » désigne un objet", ["envoi"]),
        ("on entend par « bagages » les objets", ["bagages"]),
        ("„Ware“ bezeichnet eine Sache", ["Ware"]),
        ("“海关”是指政府机构", ["海关"]),
        ("They spoke of “free” goods.", []),
        ("the terms “fast” and “slow” are used", []),
        ("goods sold (“as is” or otherwise)", []),
        ("Members: all of them.", []),
        ("it said: “Members shall report.”", []),
        ("“" * 20_000, []),
        ("(the “" * 10_000, []),
        ("“a " * 10_000, []),
    ],
)
def test_find_definitions_reads_the_usual_forms(text: str, terms: list[str]) -> None:
    definitions = find_definitions([TermPassage(text)])

    assert [each.term for each in definitions] == terms
    assert [text[each.start : each.end] for each in definitions] == terms


def test_find_definitions_in_a_glossary_reads_entries_until_it_ends() -> None:
    passages = [
        *(TermPassage("Scope", 1), TermPassage("Parcel: a thing that is sent."), TermPassage("II. Definitions", 1)),
        *(TermPassage("Parcel: a thing that is sent."), TermPassage("“label”: a paper."), TermPassage("Goods", 2)),
        *(
            TermPassage("low-value goods – goods of little value"),
            TermPassage("Standards", 1),
            TermPassage("Members: all."),
        ),
    ]

    assert find_definitions(passages) == (
        Definition("Parcel", 3, 0, 6, True),
        Definition("label", 4, 1, 6, True),
        Definition("low-value goods", 6, 0, 15, True),
    )


@pytest.mark.parametrize(
    ("terms", "text", "uses"),
    [
        (
            ["parcel"],
            "Parcels and a parcel; PARCEL.",
            [("parcel", "Parcels"), ("parcel", "parcel"), ("parcel", "PARCEL")],
        ),
        (["parcel"], "parcelled multiparcel parcel-post", []),
        (["Party"], "a party, the Party’s, Parties", [("Party", "Party"), ("Party", "Parties")]),
        (
            ["parcel", "parcel label"],
            "parcel labels, parcel",
            [("parcel label", "parcel labels"), ("parcel", "parcel")],
        ),
        (["customs procedure"], "customs  procedures", [("customs procedure", "customs  procedures")]),
        (["low-value goods"], "Low-value goods", [("low-value goods", "Low-value goods")]),
        (["envoi"], "l’envoi", [("envoi", "envoi")]),
        (["canal"], "les canaux", [("canal", "canaux")]),
        (["海关"], "由海关负责", [("海关", "海关")]),
        (["tax"], "taxes", [("tax", "taxes")]),
        ([], "nothing", []),
    ],
)
def test_find_uses_finds_words_the_longest_term_first(terms: list[str], text: str, uses: list[tuple[str, str]]) -> None:
    definitions = [Definition(term, 0, 0, len(term), term == term.lower()) for term in terms]

    places = find_uses(definitions, ["", text])

    assert [(terms[use.definition], text[use.start : use.end]) for use in places] == uses
    assert {use.text for use in places} <= {1}


def test_find_uses_leaves_out_the_definition_itself_and_keeps_the_first() -> None:
    texts = ["“parcel” means a thing.", "“parcel” means another parcel."]

    definitions = find_definitions([TermPassage(text) for text in texts])

    assert find_uses(definitions, texts) == (Use(0, 1, 23, 29),)


def test_find_uses_of_many_terms_in_a_long_text_ends() -> None:
    definitions = [Definition(f"term {number} of goods", 0, 0, 1, True) for number in range(5_000)]

    uses = find_uses(definitions, ["term " * 20_000, "term 4999 of goods and term 7 of " * 2_000])

    assert {use.definition for use in uses} == {4_999}
    assert len(uses) == 2_000
