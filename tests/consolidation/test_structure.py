"""Where structure competes: places, moves, sections that go, rows, and proposals that stand or wait as a whole."""

import pytest

from server.domain.consolidation.rules.changes import Accepted, BaseText, Form, Made
from server.domain.consolidation.rules.checking import explain_waiting, find_misplaced, find_parted
from server.domain.consolidation.rules.merging import consolidated
from server.domain.consolidation.rules.outline import TextTree
from server.domain.consolidation.rules.structure import find_rivals
from server.vocabulary.consolidation import ConflictKind, ExceptionKind
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, hunks_between

BASE = (
    BaseText("scope", "HEADING", 1, "I.", "Scope"),
    BaseText("parcels", "PARAGRAPH", 0, "1.", "Parcels are released at once.", "scope"),
    BaseText("letters", "PARAGRAPH", 0, "2.", "Letters may wait.", "scope"),
    BaseText("data", "HEADING", 1, "II.", "Data"),
    BaseText("vendors", "PARAGRAPH", 0, "3.", "Vendors give the data:", "data"),
    BaseText("value", "LIST_ITEM", 1, "(a)", "the value;", "vendors"),
    BaseText("weight", "LIST_ITEM", 1, "(b)", "the weight.", "vendors"),
    BaseText("row", "TABLE_ROW", 2, "", "Value | Vendor | Before export", "data"),
)
KEYS = [provision.key for provision in BASE]
TEXTS = {provision.key: provision.text for provision in BASE}


def change(source: str, kind: AmendmentKind, key: str, after: str | None = None, words: str = "") -> Accepted:
    """An accepted amendment of a proposal of its own."""
    hunks = {
        AmendmentKind.MODIFY: lambda: hunks_between(TEXTS[key], words),
        AmendmentKind.DELETE: lambda: (Hunk(0, len(TEXTS[key]), ""),),
    }.get(kind, tuple)()
    return Accepted(source, f"view of {source}", "PTY", kind, key, hunks, words, after, f"proposal {source}", True)


def add(source: str, after: str | None, words: str) -> Accepted:
    """An addition, whose key is the name of its source."""
    return change(source, AmendmentKind.ADD, source, after, words)


def modify(source: str, key: str, words: str) -> Accepted:
    """Other words."""
    return change(source, AmendmentKind.MODIFY, key, None, words)


def delete(source: str, key: str) -> Accepted:
    """A provision, or a section, that goes."""
    return change(source, AmendmentKind.DELETE, key)


def move(source: str, key: str, after: str | None) -> Accepted:
    """A provision that stands after another one."""
    return change(source, AmendmentKind.MOVE, key, after)


def one_proposal(*changes: Accepted) -> list[Accepted]:
    """The same changes, filed together."""
    return [each._replace(proposal="together") for each in changes]


def keys_of(made: Made) -> list[str]:
    """The keys of what is made, in order."""
    return [provision.key for provision in made.provisions]


def contests_of(made: Made) -> list[tuple[ConflictKind, str, list[str]]]:
    """The collisions: kind, provision, sources."""
    return [(each.kind, each.key, [side.source for side, _ in each.sides]) for each in made.collisions]


def test_a_section_that_goes_takes_everything_in_it_along() -> None:
    made = consolidated(BASE, [delete("a", "data")])

    assert keys_of(made) == ["scope", "parcels", "letters"]
    assert [(applied.accepted.source, applied.key) for applied in made.applied] == [
        ("a", key) for key in ("data", "vendors", "value", "weight", "row")
    ]


def test_a_section_that_moves_takes_everything_in_it_along() -> None:
    assert keys_of(consolidated(BASE, [move("a", "scope", "data")])) == [
        *("data", "vendors", "value", "weight", "row"),
        *("scope", "parcels", "letters"),
    ]
    assert keys_of(consolidated(BASE, [move("a", "vendors", "parcels")])) == [
        *("scope", "parcels", "vendors", "value", "weight", "letters"),
        *("data", "row"),
    ]


STAY, GO = "Letters stay.", "Letters go."
PARAGRAPH, HEADING = Form("PARAGRAPH", 0), Form("HEADING", 1, "I bis.")
EXCLUDING = {
    "other words at one place": ([add("a", "letters", STAY), add("b", "letters", GO)], "ORDER", "a"),
    "one place by two names": (
        [add("a", "weight", STAY)._replace(form=Form("PARAGRAPH", 0)), add("b", "vendors", GO)],
        "ORDER",
        "a",
    ),
    "one place with two numbers": (
        [add("a", "letters", STAY)._replace(form=Form(None, None, "3.")), add("b", "letters", STAY)],
        "ORDER",
        "a",
    ),
    "one addition in two forms": (
        [add("a", "letters", STAY), add("b", "letters", STAY)._replace(form=Form("LIST_ITEM", 1, "(a)"))],
        "ORDER",
        "a",
    ),
    "additions behind a list": (
        [add("a", "vendors", STAY), add("b", "weight", GO)._replace(form=PARAGRAPH)],
        "ORDER",
        "a",
    ),
    "headings behind a section": (
        [add(source, after, source)._replace(form=HEADING) for source, after in (("a", "scope"), ("b", "letters"))],
        "ORDER",
        "a",
    ),
    "an addition and a move": ([add("a", "letters", STAY), move("b", "row", "letters")], "ORDER", "a"),
    "two moves to one place": ([move("a", "row", "letters"), move("b", "parcels", "letters")], "ORDER", "row"),
    "two places for one": ([move("a", "letters", "row"), move("b", "letters", "data")], "PLACE", "letters"),
    "around each other": ([move("a", "parcels", "letters"), move("b", "letters", "parcels")], "PLACE", "parcels"),
    "after one that moves": ([move("a", "parcels", "letters"), move("b", "letters", "row")], "PLACE", "parcels"),
    "into what moves": ([move("a", "letters", "value"), move("b", "vendors", "parcels")], "PLACE", "letters"),
    "a move of what goes": ([move("a", "letters", "row"), delete("b", "letters")], "REMOVAL", "letters"),
    "words in what goes": ([delete("a", "data"), modify("b", "weight", "the mass.")], "REMOVAL", "data"),
    "an addition in what goes": ([delete("a", "data"), add("b", "value", "the origin;")], "REMOVAL", "data"),
    "a move into what goes": ([delete("a", "data"), move("b", "parcels", "vendors")], "REMOVAL", "data"),
    "a move out of what goes": ([delete("a", "vendors"), move("b", "value", "letters")], "REMOVAL", "vendors"),
    "a row that would lose a cell": (
        [modify("a", "row", "Value | Vendor and carrier"), modify("b", "row", "Value | Seller | Before export")],
        "CELLS",
        "row",
    ),
    "a row that goes": ([delete("a", "row"), modify("b", "row", "Value | Seller | On export")], "WORDS", "row"),
}
LETTING = {
    "two places": ([add("a", "parcels", STAY), add("b", "letters", GO)], "scope parcels a letters b data"),
    "beside what goes": ([delete("a", "letters"), add("b", "parcels", STAY)], "scope parcels b data"),
    "behind a section that goes": (
        [delete("a", "scope"), add("b", "letters", "New")._replace(form=HEADING)],
        "b data vendors",
    ),
    "a heading inside a section": (
        [add("a", "parcels", "New")._replace(form=HEADING), add("b", "scope", "End")._replace(form=HEADING)],
        "scope parcels a letters b data",
    ),
    "equal additions behind a list": (
        [add("a", "vendors", STAY), add("b", "weight", STAY)._replace(form=PARAGRAPH)],
        "scope parcels letters data vendors value weight a row",
    ),
    "a paragraph and a heading behind a section": (
        [add("a", "scope", "New")._replace(form=HEADING), add("b", "letters", GO)],
        "scope parcels letters b a data",
    ),
    "another section": ([delete("a", "data"), modify("b", "scope", "Range")], "scope parcels letters"),
    "a part that goes as well": ([delete("a", "data"), delete("b", "value")], "scope parcels letters"),
    "the same move": ([move("a", "letters", "scope"), move("b", "letters", "scope")], "scope letters parcels data"),
    "the same move by two names": (
        [move("a", "letters", "vendors"), move("b", "letters", "weight")],
        "scope parcels data vendors value weight letters row",
    ),
    "what the same proposal puts in the place": (
        one_proposal(delete("a", "scope"), add("b", "parcels", GO)),
        "b data vendors",
    ),
    "moves of one proposal": (
        one_proposal(move("a", "parcels", "letters"), move("b", "letters", "row")),
        "scope data vendors value weight row letters parcels",
    ),
    "additions of one proposal": (
        one_proposal(add("a", "parcels", STAY), add("b", "parcels", GO)),
        "scope parcels a b letters data",
    ),
}


@pytest.mark.parametrize(("changes", "kind", "key"), EXCLUDING.values(), ids=EXCLUDING)
def test_changes_of_the_structure_that_exclude_each_other_wait(changes: list[Accepted], kind: str, key: str) -> None:
    for ordered in (changes, changes[::-1]):
        made = consolidated(BASE, ordered)

        assert made.provisions == BASE
        assert made.applied == ()
        assert [each.kind for each in made.collisions] == [kind]
        assert {each.accepted.source for each in made.waiting} == (set() if kind in ("CELLS", "WORDS") else {"a", "b"})
        assert {side.source for side, _ in made.collisions[0].sides} == {"a", "b"}
    assert consolidated(BASE, changes).collisions[0].key == key


@pytest.mark.parametrize(("changes", "order"), LETTING.values(), ids=LETTING)
def test_changes_of_the_structure_that_leave_each_other_alone_stand(changes: list[Accepted], order: str) -> None:
    made = consolidated(BASE, changes)

    assert made.collisions == ()
    assert keys_of(made)[: len(order.split())] == order.split()


def test_what_waits_for_another_reason_leaves_a_place_to_others() -> None:
    made = consolidated(BASE, [add("a", "letters", STAY), move("b", "row", "letters"), move("c", "row", "parcels")])

    assert contests_of(made) == [(ConflictKind.PLACE, "row", ["b", "c"])]
    assert [applied.accepted.source for applied in made.applied] == ["a"]


def test_a_footnote_stays_where_it_is_printed_and_goes_with_what_carries_its_mark() -> None:
    noted = BASE[1]._replace(text="Parcels[1] are released at once.")
    note = BaseText("note", "FOOTNOTE", 1, "[1]", "Below two kilograms.", "parcels")
    base = (BASE[0], noted, *BASE[2:], note)
    between = (BASE[0], noted, BASE[2], note, BASE[2]._replace(key="mail", text="Mail waits."), *BASE[3:])

    assert keys_of(consolidated(between, [move("a", "scope", "row")]))[-5:] == [
        *("scope", "parcels", "letters", "note", "mail")
    ]
    assert keys_of(consolidated(base, [move("a", "letters", "row")]))[-2:] == ["letters", "note"]
    assert keys_of(consolidated(base, [delete("a", "scope")])) == ["data", "vendors", "value", "weight", "row"]


def test_equal_additions_at_one_place_stand_once_with_both_names() -> None:
    made = consolidated(BASE, [add("a", "letters", "Letters stay."), add("b", "letters", "Letters  stay.")])

    assert keys_of(made) == ["scope", "parcels", "letters", "a", "data", "vendors", "value", "weight", "row"]
    assert [(applied.accepted.source, applied.key) for applied in made.applied] == [("a", "a"), ("b", "a")]
    assert made.collisions == ()


def test_an_addition_that_one_asks_for_besides_the_same_stands() -> None:
    more = one_proposal(add("a", "letters", "Letters stay."), add("b", "letters", "For a day."))

    made = consolidated(BASE, [*more, add("c", "letters", "Letters stay.")])

    assert keys_of(made)[2:5] == ["letters", "a", "b"]
    assert made.collisions == ()


@pytest.mark.parametrize(
    ("after", "form", "expected"),
    [
        ("value", Form(), ("LIST_ITEM", 1, "(a bis)", "value", "weight")),
        ("weight", Form(), ("LIST_ITEM", 1, "(c)", "weight", "row")),
        ("vendors", Form(), ("PARAGRAPH", 0, "4.", "weight", "row")),
        ("vendors", Form("LIST_ITEM", 1, "(aa)"), ("LIST_ITEM", 1, "(aa)", "vendors", "value")),
        ("vendors", Form("LIST_ITEM", 1), ("LIST_ITEM", 1, "(a ante)", "vendors", "value")),
        ("scope", Form(), ("PARAGRAPH", 0, "1 ante.", "scope", "parcels")),
        ("parcels", Form(), ("PARAGRAPH", 0, "1 bis.", "parcels", "letters")),
        ("parcels", Form(printed_number=""), ("PARAGRAPH", 0, "", "parcels", "letters")),
        ("scope", Form("HEADING", 1), ("HEADING", 1, "I bis.", "letters", "data")),
        ("scope", Form("HEADING", 1, "I ter."), ("HEADING", 1, "I ter.", "letters", "data")),
        ("row", Form(), ("TABLE_ROW", 2, "", "row", None)),
        ("value", Form("PARAGRAPH"), ("PARAGRAPH", 0, "4.", "value", "weight")),
    ],
)
def test_an_addition_has_the_form_and_the_place_that_it_or_its_neighbour_says(
    after: str, form: Form, expected: tuple[str, int, str, str, str | None]
) -> None:
    made = consolidated(BASE, [add("x", after, "New words.")._replace(form=form)])

    at = keys_of(made).index("x")
    new = made.provisions[at]
    beside = [*keys_of(made), None]
    assert (new.kind, new.level, new.printed_number, beside[at - 1], beside[at + 1]) == expected


def test_the_number_of_what_is_deleted_is_not_given_to_what_is_added() -> None:
    made = consolidated(BASE, [delete("a", "letters"), add("b", "parcels", "New words."), add("c", "vendors", "More.")])

    assert [(each.key, each.printed_number) for each in made.provisions if each.kind == "PARAGRAPH"] == [
        ("parcels", "1."),
        ("b", "1 bis."),
        ("vendors", "3."),
        ("c", "4."),
    ]


def test_the_amendments_of_one_proposal_wait_together() -> None:
    parted = one_proposal(
        modify("a", "letters", "Letters must wait."), add("b", "weight", "They keep it for ten years.")
    )
    rival = modify("c", "letters", "Letters shall wait.")

    made = consolidated(BASE, [*parted, rival])
    severable = consolidated(BASE, [each._replace(is_whole=False) for each in (*parted, rival)])

    assert contests_of(made) == contests_of(severable) == [(ConflictKind.WORDS, "letters", ["a", "c"])]
    assert (keys_of(made), [waiting.accepted.source for waiting in made.waiting]) == (KEYS, ["b"])
    assert "b" in keys_of(severable)
    assert severable.waiting == ()


def test_settling_refuses_changes_that_still_exclude_each_other() -> None:
    outline = TextTree(BASE)
    deletions = [delete("a", "data")._replace(key=key) for key in ("data", "vendors", "value", "weight", "row")]

    assert find_rivals(outline, [move("b", "letters", "row"), move("c", "letters", "data")]) == ["b", "c"]
    assert find_rivals(outline, [*deletions, add("d", "value", "the origin;")]) == ["a", "d"]
    assert find_rivals(outline, [*deletions, move("e", "parcels", "letters")]) == []
    assert find_rivals(outline, [add("f", "letters", "Letters stay."), add("g", "letters", "Letters go.")]) == []


def test_the_check_names_what_stands_in_another_place_than_was_accepted() -> None:
    outline, placement = TextTree(BASE), move("a", "letters", "row")
    right = [key for key in KEYS if key != "letters"] + ["letters"]

    assert find_misplaced(outline, [placement], right) == ()
    assert [(each.kind, each.key, each.source) for each in find_misplaced(outline, [placement], KEYS)] == [
        (ExceptionKind.MISPLACED, "letters", "a"),
        (ExceptionKind.MISPLACED, "data", ""),
    ]
    assert [each.key for each in find_misplaced(outline, [], right)] == ["data", "letters"]


def test_the_check_names_a_proposal_that_stands_in_part_and_why() -> None:
    stands, lost = one_proposal(modify("a", "letters", "Letters must wait."), add("b", "weight", "Ten years."))
    refused = lost._replace(source="c")

    listed = find_parted([stands, lost], [refused], {"b": "Five years are enough."})

    assert [(each.kind, each.source, each.explanation) for each in listed] == [
        (ExceptionKind.PROPOSAL_IN_PART, "b", "Five years are enough."),
        (ExceptionKind.PROPOSAL_IN_PART, "c", "The group did not agree to this amendment."),
    ]
    assert find_parted([stands, lost], [], {"a": None, "b": None}) == ()
    assert find_parted([each._replace(is_whole=False) for each in (stands, lost)], [refused], {"b": None}) == ()


def test_the_check_explains_amendments_that_wait_by_the_settlement_that_their_proposal_lost() -> None:
    parted = one_proposal(modify("a", "letters", "Letters must wait."), add("b", "weight", "Ten years."))

    assert explain_waiting([*parted, modify("c", "parcels", "x")], {"a": "Too strict."}) == {
        "a": "Too strict.",
        "b": "Its proposal waits as a whole: Too strict.",
    }
    severable = [each._replace(is_whole=False) for each in parted]
    assert explain_waiting(severable, {"a": "Too strict."}) == {"a": "Too strict."}
