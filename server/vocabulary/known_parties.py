"""Read the table of parties that the organization is known to work with: their names in papers, and their capacity.

The table `server/vocabulary/known_parties.csv` gives a party its capacity when a paper names it for the first time;
afterwards the Secretariat corrects it (`correct_party`).
"""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from server.kernel.actor import Capacity
from server.vocabulary.parties import PartyKind


class KnownParty(NamedTuple):
    """One row of the table. `names` holds every printed name: full name, short name, further names, in that order."""

    name: str
    short_name: str
    names: tuple[str, ...]
    capacity: Capacity
    kind: PartyKind


@cache
def known_parties() -> tuple[KnownParty, ...]:
    """Return every row of the packaged table, in its order."""
    table = files("server.vocabulary").joinpath("known_parties.csv").read_text(encoding="utf-8")
    return tuple(
        KnownParty(
            row["name"],
            row["short_name"],
            (row["name"], row["short_name"], *filter(None, row["aliases"].split(";"))),
            Capacity(row["capacity"]),
            PartyKind(row["kind"]),
        )
        for row in csv.DictReader(table.splitlines())
    )
