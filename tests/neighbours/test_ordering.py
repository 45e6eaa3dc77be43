"""The order in which amendments are taken."""

from server.domain.consolidation.rules.outline import TextTree
from server.domain.neighbours.rules.ordering import TakenTurn, distance_of, group_by_provision, order_taking
from tests.neighbours.test_meeting import TEXT, add, delete, modify, move

OUTLINE = TextTree(TEXT)


def test_the_distance_counts_struck_and_added_tokens() -> None:
    assert distance_of(OUTLINE, modify("a", "p1", "Members should report.")) == 2
    assert distance_of(OUTLINE, modify("a", "p1", "Members shall report, annually.")) == 2
    assert distance_of(OUTLINE, modify("a", "p3", "Parcels below EUR 1,500 need no licence.")) == 2
    assert distance_of(OUTLINE, delete("a", "p1")) == 4
    assert distance_of(OUTLINE, delete("a", "h1")) == 1 + 4 + 6
    assert distance_of(OUTLINE, add("a", "p1", "Letters are not covered.")) == 5
    assert distance_of(OUTLINE, move("a", "h1", "h2")) == 1 + 4 + 6


def test_the_furthest_is_taken_first_and_ties_stay_in_their_order() -> None:
    changes = [
        modify("near", "p1", "Members should report."),
        modify("first", "p1", "Members should report annually."),
        delete("furthest", "p1"),
        modify("second", "p1", "Members must report annually."),
    ]

    turns = [TakenTurn(each.source, distance_of(OUTLINE, each)) for each in changes]
    order = order_taking(turns)

    assert order == [TakenTurn("furthest", 4), TakenTurn("first", 3), TakenTurn("second", 3), TakenTurn("near", 2)]
    backwards = order_taking(reversed(turns))
    assert [taken.source for taken in backwards] == ["furthest", "second", "first", "near"]
    uncounted = [TakenTurn("long", None), TakenTurn("longer", None)]
    assert order_taking([*uncounted, TakenTurn("same", 0)]) == [TakenTurn("same", 0), *uncounted]


def test_provisions_come_in_reading_order_and_additions_with_what_they_stand_after() -> None:
    changes = [delete("late", "p3"), add("at the beginning", None), add("beside", "p1"), move("moved", "p1", "p2")]

    groups = group_by_provision(OUTLINE, changes)

    assert {key: [change.source for change in group] for key, group in groups.items()} == {
        None: ["at the beginning"],
        "p1": ["beside", "moved"],
        "p3": ["late"],
    }
    assert list(groups) == [None, "p1", "p3"]
