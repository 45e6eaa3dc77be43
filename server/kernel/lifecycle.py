"""Describe a state machine as a table.

Only acts of people change a stored state; what the calendar decides is derived elsewhere and never stored. The same
table moves an object, answers which acts are possible, is drawn in the contracts, and limits the values of the column
in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from server.kernel.acts import Obstacle, Rule
from server.kernel.refusals import RefusalCode, graphql_name
from server.kernel.saying import say_act, say_state, with_article

S = TypeVar("S", bound=StrEnum)


class Transition(NamedTuple, Generic[S]):
    """One row: `act` moves an object from any of `sources` to one of `targets`. The act chooses among several.

    A row that `restores` brings an object back to the state that it had before, and so to none that is new to it.
    """

    act: str
    sources: frozenset[S]
    targets: tuple[S, ...]
    restores: bool = False


def moves(act: str, *sources: S, to: S | tuple[S, ...], restores: bool = False) -> Transition[S]:
    """Return one row of a lifecycle table: `act` moves an object from any of `sources` to `to`, or to one of them."""
    return Transition(act, frozenset(sources), to if isinstance(to, tuple) else (to,), restores)


def status_of(facts: Any) -> Any:
    """Return the state that the facts of an object hold in their field `status`."""
    return facts.status


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """A state machine. `noun` names the object in words; `initial` is its first state; no act leaves a final state."""

    noun: str
    initial: S
    rows: tuple[Transition[S], ...]
    finals: frozenset[S] = frozenset()

    def target(self, act: str, state: S, towards: S | None = None) -> S:
        """Return the state after `act`; `towards` chooses among several targets.

        Raise KeyError if the table has no such move. The rule `allows(act)` refuses it before, so this is a bug.
        """
        for row in self.rows:
            if (
                row.act == act
                and state in row.sources
                and (towards in row.targets or (len(row.targets) == 1 and not towards))
            ):
                return towards or row.targets[0]
        raise KeyError(f"{self.noun}: {act} from {state} to {towards}")

    def sources_of(self, act: str) -> frozenset[S]:
        """Return every state from which `act` is possible."""
        return frozenset(state for row in self.rows if row.act == act for state in row.sources)

    def allows(self, act: str, state_of: Callable[[Any], S] = status_of) -> Rule:
        """Return the rule for `Act.when` that refuses `act` unless the object is in one of its source states.

        `state_of` reads the state from the facts. Raises KeyError for an act that the table does not have.
        """
        sources = self.sources_of(act)
        if not sources:
            raise KeyError(f"{self.noun}: no row for {act}")
        words = " or ".join(sorted(map(say_state, sources)))
        rule = f"{say_act(act)} is for {with_article(self.noun)} that is {words}."

        def describe(state: S) -> Obstacle:
            message = f"This {self.noun} is {say_state(state)}; it would have to be {words}."
            return Obstacle(RefusalCode.WRONG_STATE, message, rule, is_final=not self._reaches(state, sources))

        # built once for every state, because lists ask this for every act on every object
        obstacles = {state: describe(state) for state in type(self.initial) if state not in sources}

        def check_state(facts: Any, now: datetime) -> Obstacle | None:
            return obstacles.get(state_of(facts))

        return check_state

    def _reaches(self, state: S, wanted: frozenset[S]) -> bool:
        """Return whether acts can bring an object from a state to one of those that are wanted."""
        reached: set[S] = {state}
        onward = [row for row in self.rows if not row.restores]
        while further := {t for row in onward if reached & row.sources for t in row.targets} - reached:
            reached |= further
        return bool(reached & wanted)

    def mermaid(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [
            f"    {source} --> {target}: {graphql_name(row.act)}"
            for row in self.rows
            for source in sorted(row.sources)
            for target in row.targets
        ]
        lines += [f"    {state} --> [*]" for state in sorted(self.finals)]
        return "\n".join(lines)
