"""What became of a provision from version to version: the steps, the chain of versions, all changes together. Pure."""

from server.domain.consolidation.rules.histories import (
    Recorded,
    State,
    find_chain,
    list_blamed,
    list_steps,
    trace_changes,
)
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import ProvisionChange
from server.wording.blame import Blamed
from server.wording.hunks import Hunk
from server.wording.redline import Run, RunKind

KEEP, INSERT, DELETE = RunKind.KEEP, RunKind.INSERT, RunKind.DELETE
FIRST = State("V1", None, "Data should move.")
SHALL = Recorded("C1", AmendmentKind.MODIFY, Hunk(5, 11, "shall"))
SECOND = State("V2", "V1", "Data shall move.", (SHALL,))
MOVE = Recorded("C2", AmendmentKind.MOVE, Hunk(0, 0, ""))
GONE = State("V3", "V2", None, (Recorded("C3", AmendmentKind.DELETE, Hunk(0, 16, "")),))


def changes(*states: State) -> list[tuple[str, ProvisionChange]]:
    return [(step.version_id, step.change) for step in list_steps(states)]


def test_list_steps_says_what_became_of_it_in_each_version() -> None:
    after = State("V4", "V3", None)

    assert changes(FIRST, SECOND, GONE, after) == [
        ("V1", ProvisionChange.INSERTED),
        ("V2", ProvisionChange.REWORDED),
        ("V3", ProvisionChange.DELETED),
    ]


def test_list_steps_when_a_change_put_it_elsewhere_says_moved_reworded_or_not() -> None:
    both = SECOND._replace(recorded=(SHALL, MOVE))
    only_moved = State("V2", "V1", FIRST.text, (MOVE,))

    assert changes(FIRST, both)[1:] == changes(FIRST, only_moved)[1:] == [("V2", ProvisionChange.MOVED)]
    assert changes(GONE._replace(recorded=(MOVE,)), FIRST) == [("V1", ProvisionChange.INSERTED)]


def test_list_steps_when_the_base_is_not_among_the_versions_says_inserted() -> None:
    assert changes(FIRST, SECOND._replace(version_id="V3", base_id="V0")) == [
        ("V1", ProvisionChange.INSERTED),
        ("V3", ProvisionChange.INSERTED),
    ]


def test_list_steps_names_equal_changes_of_two_parties_in_one_run() -> None:
    both = SECOND._replace(recorded=(SHALL, SHALL._replace(name="C4")))

    assert list_steps([FIRST, both])[1].runs == (
        Run(KEEP, "Data ", ()),
        Run(DELETE, "should", ("C1", "C4")),
        Run(INSERT, "shall", ("C1", "C4")),
        Run(KEEP, " move.", ()),
    )


def test_trace_changes_strikes_the_first_words_with_those_who_struck_them() -> None:
    assert trace_changes([State("V0", None, None), FIRST, SECOND, GONE]) == (
        Run(DELETE, "Data ", ("C3",)),
        Run(DELETE, "should", ("C1",)),
        Run(DELETE, " move.", ("C3",)),
    )
    assert trace_changes([State("V0", None, None)]) == ()


def test_trace_changes_when_the_version_before_is_not_the_base_compares_the_words() -> None:
    assert trace_changes([FIRST, SECOND._replace(base_id="V0")]) == (
        Run(KEEP, "Data ", ()),
        Run(DELETE, "should", ()),
        Run(INSERT, "shall", ()),
        Run(KEEP, " move.", ()),
    )


def test_list_blamed_leaves_moves_out() -> None:
    assert list_blamed([FIRST, SECOND._replace(recorded=(MOVE, SHALL))]) == (
        Blamed("Data ", 0, 5, "V1", ()),
        Blamed("shall", 5, 10, "V2", ("C1",)),
        Blamed(" move.", 10, 16, "V1", ()),
    )


def test_find_chain_goes_back_to_the_first_version_or_to_one_that_is_not_there() -> None:
    bases = {"V1": None, "V2": "V1", "V3": "V2", "V5": "V4"}

    assert find_chain(bases, "V3") == ["V1", "V2", "V3"]
    assert find_chain(bases, "V5") == ["V5"]
    assert find_chain(bases, "V4") == []
