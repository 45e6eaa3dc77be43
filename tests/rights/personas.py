"""The people of the matrix of permissions, in a database with one object of every noun."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import update

from server.identity.secrets import digest_of
from server.kernel.actor import Actor, Capacity
from server.kernel.scopes import Scope
from server.models.bodies import Body, Function
from server.models.journal import JournalHead
from server.models.notices import CalendarFeed
from server.models.oauth import Application
from server.models.parties import Delegate, Party, Person, Representation
from server.storage.database import Database
from server.tools.contracts.permissions import PERSONAS
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.parties import PartyKind
from tests.factories.api import Api
from tests.factories.filled import filled, identifier, lift_guards

START = date(2018, 1, 1)
FUNCTIONS = {
    "chair": FunctionKind.CHAIR,
    "coChair": FunctionKind.CO_CHAIR,
    "coordinator": FunctionKind.COORDINATOR,
    "rapporteur": FunctionKind.RAPPORTEUR,
}
REPRESENTATIVE = "representative"
"""The party that speaks on behalf of "own"."""
ACTORS: Mapping[str, Actor] = {persona.key: persona.actor for persona in PERSONAS}


class People(NamedTuple):
    """The application with the people of the matrix, who are persons of its world by the key of their persona."""

    api: Api
    standing: str
    """The representation by which "onBehalf" speaks."""
    feeds: Mapping[str, str]
    """The own calendar address of every persona, which no other sees; for nobody that of "themself"."""

    async def headers(self, persona: str, scopes: Iterable[str]) -> dict[str, str]:
        """Return the headers of a request of a persona, through an application with these scopes."""
        if persona == "nobody":
            return {}
        acting_as = {"acting-as": self.standing} if persona == "onBehalf" else {}
        return {"authorization": f"Bearer {await self.api.token(persona, scopes)}", **acting_as}

    async def send(
        self, headers: Mapping[str, str], text: str, variables: Mapping[str, Any], *, status: int | None = 200
    ) -> dict[str, Any]:
        """Send a document, and return the whole answer. Fail unless it has this HTTP status (None: any)."""
        body = {"query": text, "variables": variables}
        answer = await self.api._client.post("/graphql", json=body, headers=headers)
        assert status in (None, answer.status_code), answer.text
        return dict(answer.json())


@asynccontextmanager
async def people(database: Database) -> AsyncIterator[People]:
    """Fill a database with one object of every noun and the people of the matrix.

    The objects are of the party "own" (a Member), the body "group" and the person "themself". The next place in the
    journal is taken, so that an act that is allowed is undone as well.
    """
    world = await filled(database, 1)
    parties = {"own": identifier("parties", 0)}
    async with database.writing() as session:
        await lift_guards(session, is_sqlite=database.is_sqlite)
        await session.execute(update(JournalHead).values(sequence=JournalHead.sequence - 1))
        await session.execute(update(Party).values(capacity=Capacity.MEMBER))
        await session.execute(update(Function).values(kind=FunctionKind.RAPPORTEUR))
        # The body "group" is its own parent otherwise, so that those who lead it would lead the body above it, too.
        await session.execute(update(Body).values(parent_id=None))
        speakers = {key: actor.party_id for key, actor in ACTORS.items()} | {"onBehalf": REPRESENTATIVE}
        for key, party in speakers.items():
            if party and party not in parties:
                parties[party] = await _add_party(session, party, ACTORS[key].capacity)
        for key, party in speakers.items():
            accredited_for = [party] if party else [each.party_id for each in ACTORS[key].standings]
            if key not in ("nobody", "themself"):
                world.persons[key] = await _add_person(session, key, [parties[each] for each in accredited_for])
        mandate = Representation(
            party_id=parties["own"],
            by_party_id=parties[REPRESENTATIVE],
            evidence="Letter",
            starts_on=START,
            granted_by_id=identifier("delegates", 0),
        )
        for key, kind in FUNCTIONS.items():
            held = {"party_id": parties[key], "body_id": identifier("bodies", 0), "starts_on": START}
            session.add(Function(kind=kind, **held))
        session.add(mandate)
        await session.execute(update(Application).values(person_id=world.persons["serviceAccount"]))
        program = update(Delegate).where(Delegate.person_id == world.persons["serviceAccount"])
        await session.execute(program.values(is_service=True))
        feeds = await _add_feeds(session, {key: world.persons[key] for key in speakers if key in world.persons})
    world.persons["themself"] = identifier("persons", 0)
    async with Api(world) as api:
        yield People(api, mandate.id, feeds | dict.fromkeys(("themself", "nobody"), identifier("calendar_feeds", 0)))


async def _add_party(session: Any, key: str, capacity: Capacity | None) -> str:
    party = Party(name=key, short_name=key, kind=PartyKind.MEMBER_ADMINISTRATION, capacity=capacity)
    session.add(party)
    await session.flush()
    return party.id


async def _add_person(session: Any, key: str, parties: list[str]) -> str:
    person = Person(name=key, email=f"{key}@example.org")
    session.add(person)
    await session.flush()
    session.add_all(
        Delegate(
            person_id=person.id,
            party_id=party,
            focal_point_from=START if ACTORS[key].is_focal_point else None,
            is_administrator=ACTORS[key].is_administrator,
            starts_on=START,
        )
        for party in parties
    )
    return person.id


async def _add_feeds(session: Any, persons: Mapping[str, str]) -> dict[str, str]:
    """Give every person a calendar address, and return the ids by the keys of the persons."""
    feeds = {
        key: CalendarFeed(person_id=person, secret_digest=digest_of(key), given_at=datetime(2018, 9, 1, tzinfo=UTC))
        for key, person in persons.items()
    }
    session.add_all(feeds.values())
    await session.flush()
    return {key: feed.id for key, feed in feeds.items()}


def reads(persona: str, scope: Scope | None) -> bool:
    """Return whether a persona is shown any content, through an application with this scope only."""
    return ACTORS[persona].is_signed_in and scope not in (None, Scope.ADMINISTER)
