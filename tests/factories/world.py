"""A small world, boring on purpose: who exists and one issued text. Names say what they are."""

from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from server.identity.standing import actor_of
from server.journal.chain import sha256_of
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.models.base import Base
from server.models.bodies import Body, Function, Membership
from server.models.parties import Delegate, Party, Person
from server.models.texts import Instrument, Provision, ProvisionText, TextVersion
from server.storage.database import Database
from server.vocabulary.bodies import BodyKind, FunctionKind
from server.vocabulary.parties import PartyKind
from server.vocabulary.texts import UnitKind, VersionStatus
from tests.factories.refusing import refusal_writes_nothing

NOW = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
"""The instant at which the tests begin: a Monday, two weeks before the fourth meeting of the WGEC."""

WORDS = (
    "Scope",
    "Customs administrations should exchange advance electronic data with e-commerce operators.",
    "Operators may provide the data in a simplified form.",
    "Small parcels should be released on arrival where the risk is low.",
)
"""The text of the issued version: a heading and three paragraphs."""

PARTIES = (
    ("secretariat", "WCO Secretariat", "Secretariat", PartyKind.SECRETARIAT, Capacity.SECRETARIAT),
    ("japan", "Japan Customs", "Japan", PartyKind.MEMBER_ADMINISTRATION, Capacity.MEMBER),
    ("canada", "Canada Border Services Agency", "Canada", PartyKind.MEMBER_ADMINISTRATION, Capacity.MEMBER),
    ("china", "China Customs", "China", PartyKind.MEMBER_ADMINISTRATION, Capacity.MEMBER),
    ("upu", "Universal Postal Union", "UPU", PartyKind.INTERNATIONAL_ORGANIZATION, Capacity.OBSERVER),
    ("gea", "Global Express Association", "GEA", PartyKind.PRIVATE_SECTOR_BODY, Capacity.PRIVATE_SECTOR),
)
"""Key, name, short name, kind and capacity of every party. Each has one focal point; Japan a second delegate."""


START = date(2018, 1, 1)
"""The first day of every accreditation of the world."""


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The present instant."""
        return self.now

    def move(self, **by: float) -> datetime:
        """Move forward, as `timedelta(**by)`, and give the new instant."""
        self.now += timedelta(**by)
        return self.now


@dataclass
class World:
    """What `make_world` made, by key. Actors are resolved from the database as a request would."""

    database: Database
    clock: ManualClock = field(default_factory=ManualClock)
    parties: dict[str, str] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    delegates: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    version: str = ""
    rounds: int = 0
    """How many rounds the factory has opened: two on one version never have one title."""
    calls: int = 0
    """How many calls for inputs the factory has opened: two of one body never have one title."""
    provisions: list[str] = field(default_factory=list)
    """Ids of the provisions in the issued version, in reading order."""
    keys: list[str] = field(default_factory=list)
    """Their permanent keys."""

    async def actor(self, key: str | None) -> Actor:
        """The actor for a person by key ("japan", "japan-assistant", None for nobody)."""
        if key is None:
            return ANONYMOUS
        async with self.database.reading() as connection:
            return await actor_of(connection, self.persons[key], self.clock.now)

    async def do(self, key: str | None, action: Any, **arguments: Any) -> str:
        """Do one act as a person, in a transaction of its own, at the clock's instant, and return its subject's id.
        Fail if it is refused and something was written all the same."""
        actor = await self.actor(key)
        with refusal_writes_nothing():
            async with self.database.writing() as session:
                return str(await action(session, actor, self.clock.now, **arguments))

    async def add(self, *rows: Any) -> None:
        """Add rows in a transaction of its own."""
        async with self.database.writing() as session:
            session.add_all(rows)


async def make_world(database: Database) -> World:
    """Put the small world into an empty database: PTC, WGEC and the intersessional group on flow charts and data
    elements (coordinated by Canada), six parties with delegates, and the issued first version of an instrument."""
    return world_of(database, await fill_small_world(database))


def world_of(database: Database, known: dict[str, Any]) -> World:
    """Return the world of a database that holds the small world, of which the ids are known."""
    return World(database, **{name: copy(value) for name, value in known.items()})


async def fill_small_world(database: Database) -> dict[str, Any]:
    """Put the small world into an empty database and return its ids, by field of `World`. It is made once in a process
    by hand, and copied row by row afterwards, with the same ids."""
    async with database.writing() as session:
        if not _MADE:
            world = World(database)
            await _add_parties(session, world)
            await _add_bodies(session, world)
            await _add_text(session, world)
            await session.flush()
            for table in Base.metadata.sorted_tables:
                rows = [dict(row) for row in (await session.execute(table.select())).mappings()]
                if rows and table.name != "journal_head":
                    _MADE["rows", table] = rows
            _MADE["known"] = {name: getattr(world, name) for name in KNOWN}
        else:
            for key, rows in _MADE.items():
                if isinstance(key, tuple):
                    await session.execute(key[1].insert(), rows)
        issued = {"status": VersionStatus.ISSUED, "issued_at": NOW - timedelta(days=2)}
        await session.execute(update(TextVersion).where(TextVersion.id == _MADE["known"]["version"]).values(**issued))
    known: dict[str, Any] = _MADE["known"]
    return known


_MADE: dict[Any, Any] = {}
"""The rows of the small world by table, and the ids in it, once it was made in this process."""
KNOWN = ("parties", "persons", "delegates", "bodies", "provisions", "keys", "version")
"""The fields of `World` that `fill_small_world` fills."""


async def _add_parties(session: AsyncSession, world: World) -> None:
    for key, name, short_name, kind, capacity in PARTIES:
        party = Party(name=name, short_name=short_name, kind=kind, capacity=capacity)
        session.add(party)
        await session.flush()
        world.parties[key] = party.id
        await add_delegate(session, world, key, key, is_focal_point=True)
    await add_delegate(session, world, "japan-assistant", "japan", is_focal_point=False)


async def add_delegate(session: AsyncSession, world: World, key: str, party: str, *, is_focal_point: bool) -> None:
    """Accredit a person for a party from 2018 on, without an end."""
    person = Person(name=f"Delegate {key}", email=f"{key}@example.org")
    session.add(person)
    await session.flush()
    delegate = Delegate(
        person_id=person.id,
        party_id=world.parties[party],
        focal_point_from=START if is_focal_point else None,
        starts_on=START,
    )
    session.add(delegate)
    await session.flush()
    world.persons[key], world.delegates[key] = person.id, delegate.id


async def _add_bodies(session: AsyncSession, world: World) -> None:
    council = Body(kind=BodyKind.COUNCIL, name="Council", short_name="Council")
    session.add(council)
    await session.flush()
    commission = Body(kind=BodyKind.POLICY_COMMISSION, name="Policy Commission", short_name="PC", parent_id=council.id)
    ptc = Body(
        kind=BodyKind.TECHNICAL_COMMITTEE, name="Permanent Technical Committee", short_name="PTC", parent_id=council.id
    )
    session.add_all([commission, ptc])
    await session.flush()
    wgec = Body(kind=BodyKind.WORKING_GROUP, name="Working Group on E-Commerce", short_name="WGEC", parent_id=ptc.id)
    session.add(wgec)
    await session.flush()
    group = Body(
        kind=BodyKind.INTERSESSIONAL_GROUP,
        name="Flow Charts and Data Elements",
        short_name="WGEC-2",
        number=2,
        parent_id=wgec.id,
    )
    session.add(group)
    await session.flush()
    world.bodies |= {"council": council.id, "pc": commission.id, "ptc": ptc.id, "wgec": wgec.id, "group": group.id}
    canada, start = world.parties["canada"], date(2018, 6, 18)
    session.add_all(
        [
            Membership(body_id=group.id, party_id=canada, joined_on=start),
            Function(body_id=group.id, party_id=canada, kind=FunctionKind.COORDINATOR, starts_on=start),
        ]
    )


async def _add_text(session: AsyncSession, world: World) -> None:
    instrument = Instrument(title="Framework of Standards on Cross-Border E-Commerce", short_title="E-Commerce FoS")
    session.add(instrument)
    await session.flush()
    version = TextVersion(instrument_id=instrument.id, number=1, label="Draft 1", created_at=NOW - timedelta(days=3))
    session.add(version)
    for position, words in enumerate(WORDS, start=1):
        provision = Provision(instrument_id=instrument.id)
        session.add(provision)
        await session.flush()
        text = ProvisionText(
            text_version_id=version.id,
            provision_id=provision.id,
            position=position,
            kind=UnitKind.HEADING if position == 1 else UnitKind.PARAGRAPH,
            level=1 if position == 1 else 0,
            printed_number="" if position == 1 else f"{position - 1}.",
            text=words,
            digest=sha256_of(words),
        )
        session.add(text)
        world.provisions.append(text.id)
        world.keys.append(provision.id)
    world.version = version.id
