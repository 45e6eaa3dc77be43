"""Who has answered a round and who is silent, by capacity: Members, observers, private sector, never mixed."""

from collections.abc import Mapping
from typing import Any, NamedTuple

CAPACITIES: Mapping[str, tuple[str, str]] = {
    "MEMBER": ("members", "silentMembers"),
    "OBSERVER": ("observers", "silentObservers"),
    "PRIVATE_SECTOR": ("privateSector", "silentPrivateSector"),
}
"""By capacity, in the order in which they are shown: the parts of `TurnoutFields` with the answered and the silent."""


class Turnout(NamedTuple):
    """The parties of one capacity in a round, each of the two lists with its first hundred."""

    capacity: str
    filings: list[Mapping[str, Any]]
    filed: int
    silent_parties: list[Mapping[str, Any]]
    silent: int

    @property
    def asked(self) -> int:
        """The number of parties that could have answered."""
        return self.filed + self.silent


def turnouts_of(round_: Mapping[str, Any]) -> list[Turnout]:
    """Return the turnout by capacity, for those that are asked and those of which somebody filed all the same."""
    rows = [
        Turnout(
            capacity,
            round_[filed]["nodes"],
            round_[filed]["totalCount"],
            round_[silent]["nodes"],
            round_[silent]["totalCount"],
        )
        for capacity, (filed, silent) in CAPACITIES.items()
    ]
    return [row for row in rows if row.capacity in round_["audience"] or row.filed]
