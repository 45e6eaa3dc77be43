"""Printed names: the parties and bodies they stand for, on record or added because a paper names them first."""

import re
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.printed_names import spellings_of, split_names
from server.domain.parties import queries as parties
from server.domain.workplan import queries
from server.domain.workplan.rules import office_of
from server.kernel.actor import Actor, Capacity
from server.kernel.ids import new_id
from server.models.base import table_of
from server.models.bodies import Body, Function, Membership
from server.models.parties import Party, PartyName
from server.models.planning import Milestone
from server.models.workplan import Activity, Responsible, WorkItem, WorkPlan
from server.storage.written import note_rows
from server.vocabulary.bodies import BodyKind, FunctionKind
from server.vocabulary.known_parties import KnownParty, known_parties
from server.wording.folding import fold_name

STANDING_BODIES = {
    "Council": ("Council", BodyKind.COUNCIL, None),
    "PC": ("Policy Commission", BodyKind.POLICY_COMMISSION, "Council"),
    "PTC": ("Permanent Technical Committee", BodyKind.TECHNICAL_COMMITTEE, "Council"),
    "EC": ("Enforcement Committee", BodyKind.TECHNICAL_COMMITTEE, "Council"),
    "CBC": ("Capacity Building Committee", BodyKind.TECHNICAL_COMMITTEE, "Council"),
}
"""Short name, full name, kind and parent of the bodies that exist whatever a paper says."""
WORKING_GROUPS = {"WGEC": "Working Group on E-Commerce"}
"""Full names of working groups; another one is entered under its short name."""

_BRACKETED = re.compile(r"(?P<words>[^()]*)\((?P<inside>[^()]*)\)\s*")
_TABLES = (Party, PartyName, Body, Membership, Function, WorkPlan, WorkItem, Activity, Responsible, Milestone)


class NewRows:
    """Rows to be inserted together, a statement for each table: a body after its parent, a part after its whole."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in _TABLES}

    def add(self, table: Any, **values: Any) -> str:
        """Add a row and return its identifier ("" for a table without one)."""
        identifier = ""
        if hasattr(table, "prefix"):
            identifier = values["id"] = new_id(table.prefix)
        self._rows[table].append(values)
        return identifier

    async def insert(self, session: AsyncSession) -> dict[str, int]:
        """Insert every row, and return the number of rows by table, where there are any.

        One statement for each table: the ORM would make one for each pattern of empty columns.
        """
        for table, rows in self._rows.items():
            if rows:
                await session.execute(insert(table_of(table)), rows)
                note_rows(session, table.__tablename__, [row["id"] for row in rows if "id" in row])
        return self.counts()

    def counts(self) -> dict[str, int]:
        """Return the number of rows by table, where there are any."""
        return {table.__tablename__: len(rows) for table, rows in self._rows.items() if rows}


class Entry(NamedTuple):
    """One of those responsible.

    `label` is as printed, `function` the one that it names, `name` the words that may name a party or a body.
    """

    label: str
    function: FunctionKind | None
    name: str


class Meaning(NamedTuple):
    """The party or the body that words mean; both are None for words that mean neither."""

    party_id: str | None
    body_id: str | None


def split_entries(printed: str, names: "Names") -> tuple[str, ...]:
    """Return the entries of a printed list of those responsible."""
    return split_names(printed, names.of_parties | names.of_bodies)


def entries_of(label: str, names: "Names") -> list[Entry]:
    """Return the entries of one printed label.

    There is one for each party in brackets ("Co-Leads (CBSA and IFCBA)"), otherwise one.
    """
    match = _BRACKETED.fullmatch(label)
    words = match["words"].strip() if match else label
    inside = [name for name in split_entries(match["inside"], names) if names.is_party(name)] if match else []
    return [Entry(label, office_of(words), name) for name in inside or [words]]


class Names:
    """Parties and bodies by their printed names.

    A known party that is not on record is added to `rows` when it is first asked for, so that an import enters nobody
    whom its paper does not name.
    """

    def __init__(self, party_ids: dict[str, str], secretariat: str | None, bodies: dict[str, Body]) -> None:
        self.rows = NewRows()
        self._parties = dict(party_ids)
        self._known: dict[str, KnownParty] = {}
        self._bodies = {short_name: body.id for short_name, body in bodies.items()}
        self._by_full_name = {fold_name(body.name): body.id for body in bodies.values()}
        self.groups = {(body.parent_id, body.number): body for body in bodies.values() if body.number is not None}
        for party in known_parties():
            names = [fold_name(name) for name in party.names]
            on_record = next((party_ids[name] for name in names if name in party_ids), None)
            if party.capacity == Capacity.SECRETARIAT:
                on_record = secretariat
            for name in names:
                # A name on record wins over the packaged table: the Secretariat may have corrected it since.
                if on_record:
                    self._parties.setdefault(name, on_record)
                elif name not in self._parties:
                    self._known[name] = party

    @property
    def of_parties(self) -> set[str]:
        """Every folded name by which a party is recognised."""
        return self._parties.keys() | self._known.keys()

    @property
    def of_bodies(self) -> set[str]:
        """Every folded name by which a body is recognised."""
        return {fold_name(name) for name in (*self._bodies, *STANDING_BODIES)} | self._by_full_name.keys()

    def find(self, entry: Entry) -> Meaning:
        """Return the party or the body that an entry names, both None for other words. Known ones are entered."""
        party_id = self.party(entry.name)
        return Meaning(party_id, None if party_id else self.body(entry.name))

    def recall(self, entry: Entry) -> Meaning:
        """Return the party or the body on record that an entry names, both None for other words."""
        party_id = self._parties.get(self._key(entry.name))
        body_id = self._bodies.get(entry.name) or self._by_full_name.get(fold_name(entry.name))
        return Meaning(party_id, None if party_id else body_id)

    def is_party(self, name: str) -> bool:
        """Return whether these words are a name of a party."""
        return self._key(name) in self._parties or self._key(name) in self._known

    def _key(self, name: str) -> str:
        """Return the spelling of a name by which a party is known, or the name as it is folded."""
        spellings = spellings_of(name)
        known = (each for each in spellings if each in self._parties or each in self._known)
        return next(known, spellings[0])

    def party(self, name: str) -> str | None:
        """Return the id of the party with this name, or None. A known party is entered when it is first asked for."""
        key = self._key(name)
        if key in self._known and key not in self._parties:
            self._admit(self._known[key])
        return self._parties.get(key)

    def _admit(self, known: KnownParty) -> None:
        """Enter a known party with its names."""
        columns = ("name", "short_name", "kind", "capacity", "region", "language")
        party_id = self.rows.add(Party, **{name: getattr(known, name) for name in columns})
        for name in dict.fromkeys(map(fold_name, known.names)):
            if self._known.get(name) is known and name not in self._parties:
                self._parties[name] = party_id
                self.rows.add(PartyName, name=name, party_id=party_id)

    def body(self, short_name: str) -> str | None:
        """Return the id of the body with this short name, or None. A standing body is entered below its parent."""
        if short_name not in self._bodies and short_name in STANDING_BODIES:
            name, kind, parent = STANDING_BODIES[short_name]
            self.new_body(short_name, name, kind, parent_id=self.body(parent) if parent else None)
        return self._bodies.get(short_name) or self._by_full_name.get(fold_name(short_name))

    def new_body(
        self, short_name: str, name: str, kind: BodyKind, *, parent_id: str | None, number: int | None = None
    ) -> str:
        """Enter a body and return its id."""
        values = {"short_name": short_name, "name": name, "kind": kind, "parent_id": parent_id, "number": number}
        self._bodies[short_name] = self.rows.add(Body, **values)
        return self._bodies[short_name]

    def has_body(self, short_name: str) -> bool:
        """Return whether a body with this short name is on record or entered."""
        return short_name in self._bodies


async def names_on_record(session: AsyncSession, actor: Actor, now: datetime, *, lock: bool = True) -> Names:
    """Read parties, bodies and the packaged table of known parties, in four statements.

    With `lock` the party of the Secretariat is locked for change.
    """
    party_ids = await parties.ids_by_name(session)
    secretariat = await parties.find_secretariat(session, lock=lock)
    return Names(party_ids, secretariat, await queries.bodies_by_short_name(session, actor, now))
