"""Read the table of parties that the organization is known to work with: their names in papers, and their capacity.

The table `server/vocabulary/known_parties.csv` gives a party its capacity, its region and its language when a paper
names it for the first time; afterwards the Secretariat corrects it (`correct_party`).
"""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from server.kernel.actor import Capacity
from server.vocabulary.parties import PartyKind, Region


class KnownParty(NamedTuple):
    """One row of the table. `names` holds every printed name: full name, short name, further names, in that order.

    `region` is that of the organization to which a Member belongs, `language` the tag of the language in which a party
    works; None where the table says neither.
    """

    name: str
    short_name: str
    names: tuple[str, ...]
    capacity: Capacity
    kind: PartyKind
    region: Region | None = None
    language: str | None = None


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
            Region(row["region"]) if row["region"] else None,
            row["language"] or None,
        )
        for row in csv.DictReader(table.splitlines())
    )
