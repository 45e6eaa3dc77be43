"""A state machine as a table.

Only human acts change a stored state; what the calendar decides is derived elsewhere and never stored. The same table
moves an object, answers what is possible, draws itself for the contracts and bounds the column in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from server.kernel.acts import Obstacle
from server.kernel.refusals import RefusalCode, graphql_name

S = TypeVar("S", bound=StrEnum)


class Transition(NamedTuple, Generic[S]):
    """`act` moves from any of `sources` to one of `targets`; to which, if there are several, the act finds out."""

    act: str
    sources: frozenset[S]
    targets: tuple[S, ...]


def moves(act: str, *sources: S, to: S | tuple[S, ...]) -> Transition[S]:
    """A row of a lifecycle table, written the way it is said: this act moves these states to that one."""
    return Transition(act, frozenset(sources), to if isinstance(to, tuple) else (to,))


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """`noun` names the object in words; `initial` is where it begins; `finals` are the states nothing leaves."""

    noun: str
    initial: S
    rows: tuple[Transition[S], ...]
    finals: frozenset[S] = frozenset()

    def target(self, act: str, state: S, towards: S | None = None) -> S:
        """The state after `act`; `towards` picks among several. Raises KeyError for a move that the table does not
        have: by then the rule `allows(act)` has refused, so reaching this is a bug."""
        for row in self.rows:
            if (
                row.act == act
                and state in row.sources
                and (towards in row.targets or (len(row.targets) == 1 and not towards))
            ):
                return towards or row.targets[0]
        raise KeyError(f"{self.noun}: {act} from {state} to {towards}")

    def sources_of(self, act: str) -> frozenset[S]:
        """Every state from which `act` is possible."""
        return frozenset(state for row in self.rows if row.act == act for state in row.sources)

    def allows(self, act: str, state_of: Callable[[Any], S]) -> Callable[[Any, datetime], Obstacle | None]:
        """The table as a rule for `Act.when`: an obstacle unless the object is in a state from which `act` leads on."""
        sources = self.sources_of(act)
        if not sources:
            raise KeyError(f"{self.noun}: no row for {act}")
        words = " or ".join(sorted(sources))
        rule = f"{graphql_name(act)} is for a {self.noun} that is {words}."

        def rule_of_state(facts: Any, now: datetime) -> Obstacle | None:
            state = state_of(facts)
            if state in sources:
                return None
            return Obstacle(RefusalCode.WRONG_STATE, f"This {self.noun} is {state}; it would have to be {words}.", rule)

        return rule_of_state

    def mermaid(self) -> str:
        """The table drawn as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [
            f"    {source} --> {target}: {graphql_name(row.act)}"
            for row in self.rows
            for source in sorted(row.sources)
            for target in row.targets
        ]
        lines += [f"    {state} --> [*]" for state in sorted(self.finals)]
        return "\n".join(lines)
