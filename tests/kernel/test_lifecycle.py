"""Lifecycles: state machines as tables."""

from datetime import UTC, datetime
from enum import StrEnum

import pytest

from server.kernel.acts import Obstacle
from server.kernel.lifecycle import Lifecycle, Transition, moves
from server.kernel.refusals import RefusalCode

NOW = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)


class Door(StrEnum):
    """States of a door."""

    OPEN = "OPEN"
    SHUT = "SHUT"
    LOCKED = "LOCKED"
    REMOVED = "REMOVED"


DOOR = Lifecycle(
    "door",
    Door.OPEN,
    (
        moves("shut", Door.OPEN, to=Door.SHUT),
        moves("lock", Door.SHUT, to=Door.LOCKED),
        moves("release", Door.SHUT, Door.LOCKED, to=(Door.OPEN, Door.SHUT)),
        moves("remove", Door.OPEN, to=Door.REMOVED),
        moves("remove", Door.SHUT, to=Door.REMOVED),
    ),
    frozenset({Door.REMOVED}),
)


def test_moves_with_one_target_makes_a_row() -> None:
    row = moves("lock", Door.SHUT, Door.OPEN, to=Door.LOCKED)

    assert row == Transition("lock", frozenset({Door.SHUT, Door.OPEN}), (Door.LOCKED,))


TARGETS = [
    ("shut", Door.OPEN, None, Door.SHUT),
    ("shut", Door.OPEN, Door.SHUT, Door.SHUT),
    ("remove", Door.SHUT, None, Door.REMOVED),
    ("release", Door.LOCKED, Door.OPEN, Door.OPEN),
    ("release", Door.SHUT, Door.SHUT, Door.SHUT),
]
NO_MOVES = [
    ("shut", Door.SHUT, None),
    ("shut", Door.OPEN, Door.LOCKED),
    ("release", Door.LOCKED, None),
    ("release", Door.LOCKED, Door.REMOVED),
    ("release", Door.OPEN, Door.OPEN),
    ("remove", Door.REMOVED, None),
    ("paint", Door.OPEN, None),
]


@pytest.mark.parametrize(("act", "state", "towards", "target"), TARGETS)
def test_target_of_a_row_in_the_table_is_its_target(act: str, state: Door, towards: Door | None, target: Door) -> None:
    found = DOOR.target(act, state, towards)

    assert found is target


@pytest.mark.parametrize(("act", "state", "towards"), NO_MOVES)
def test_target_of_a_move_that_is_not_in_the_table_is_a_bug(act: str, state: Door, towards: Door | None) -> None:
    with pytest.raises(KeyError) as bug:
        DOOR.target(act, state, towards)

    assert bug.value.args == (f"door: {act} from {state} to {towards}",)


def test_sources_of_an_act_in_several_rows_are_joined() -> None:
    assert DOOR.sources_of("remove") == frozenset({Door.OPEN, Door.SHUT})
    assert DOOR.sources_of("paint") == frozenset()


@pytest.mark.parametrize("state", Door)
def test_allows_in_every_state_agrees_with_the_table(state: Door) -> None:
    rule = DOOR.allows("release", lambda facts: facts)

    obstacle = rule(state, NOW)

    words = f"This door is {state.lower()}; it would have to be locked or shut."
    rule_words = "“Release” is for a door that is locked or shut."
    is_final = state is Door.REMOVED  # an open door can still be shut
    expected = Obstacle(RefusalCode.WRONG_STATE, words, rule_words, is_final=is_final)
    assert obstacle == (None if state in {Door.SHUT, Door.LOCKED} else expected)


def test_allows_for_an_act_without_a_row_fails_at_start() -> None:
    with pytest.raises(KeyError, match="door: no row for paint"):
        DOOR.allows("paint", lambda facts: facts)


def test_mermaid_draws_beginning_rows_and_finals() -> None:
    drawing = DOOR.mermaid()

    assert drawing == "\n".join(
        [
            "stateDiagram-v2",
            "    [*] --> OPEN",
            "    OPEN --> SHUT: shut",
            "    SHUT --> LOCKED: lock",
            "    LOCKED --> OPEN: release",
            "    LOCKED --> SHUT: release",
            "    SHUT --> OPEN: release",
            "    SHUT --> SHUT: release",
            "    OPEN --> REMOVED: remove",
            "    SHUT --> REMOVED: remove",
            "    REMOVED --> [*]",
        ]
    )


def test_a_row_that_restores_brings_no_state_that_is_new_to_the_object() -> None:
    hung = Lifecycle("door", Door.OPEN, (*DOOR.rows, moves("hang", Door.REMOVED, to=(Door.OPEN,), restores=True)))

    obstacle = hung.allows("lock", lambda facts: facts)(Door.REMOVED, NOW)

    assert obstacle is not None
    assert obstacle.is_final
    assert hung.target("hang", Door.REMOVED, Door.OPEN) is Door.OPEN
