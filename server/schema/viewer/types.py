"""The caller: person, standings, tasks, and the browsers and applications that act for them."""

import asyncio
from datetime import datetime
from typing import Any

import strawberry

from server.domain.bodies.queries import functions_of_seat
from server.domain.rounds.queries import asks_for
from server.identity.applications import queries as applications
from server.kernel import scopes
from server.kernel.actor import Actor
from server.kernel.actor import Standing as StandingOfActor
from server.schema.acts import AvailableAct
from server.schema.applications.types import BrowserSession, Grant
from server.schema.bodies.types import BodyFunction, WorkingBody
from server.schema.context import Context
from server.schema.parties.types import Delegate, Party, Person
from server.schema.reads.executor import Rendered
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, rows_of
from server.schema.rounds.types import Round
from server.schema.scopes import Scope
from server.schema.tasks.types import Task, tasks_of
from server.schema.viewer.beginnings import verdicts_on_beginnings


class StandingRows:
    """The objects that the standings in one answer lead to, read together: one statement for each field, not for each.

    Before the caller has chosen a standing they see nothing. What their own standings lead to is theirs to see all the
    same: it is read as any of the standings would see it, and judged as the caller.
    """

    def __init__(self, actor: Actor) -> None:
        standings = sorted(actor.standings, key=lambda standing: standing.is_administrator)
        self._speaker = actor if actor.capacity or not standings else actor.speak_as(standings[0])
        self._ids = {
            "Party": [standing.party_id for standing in actor.standings],
            "Delegate": [standing.delegate_id for standing in actor.standings],
            "WorkingBody": [body for standing in actor.standings for body in sorted(standing.leads)],
        }
        self._read: dict[tuple[int, ...], asyncio.Future[dict[str, Any]]] = {}

    async def of(self, info: strawberry.Info, noun: str) -> dict[str, Any]:
        """Return the rows of a noun by id, rendered with the selection of the field that asks."""
        place = tuple(id(node) for node in info._raw_info.field_nodes)
        # The first standing that asks starts the one reading, as in `server.schema.tasks.types.Subjects`.
        if place not in self._read:
            self._read[place] = asyncio.ensure_future(rows_of(info, noun, self._ids[noun], self._speaker))
        return await self._read[place]


@strawberry.type(description="A party that the caller can speak for today, by an accreditation or by a representation.")
class Standing:
    """The GraphQL form of `server.kernel.actor.Standing`."""

    rows: strawberry.Private[StandingRows]
    standing: strawberry.Private[StandingOfActor]
    id: strawberry.ID = strawberry.field(
        description="Id of the accreditation or of the representation. Send it in the header `Acting-As` to speak "
        "by this standing."
    )
    is_focal_point: bool = strawberry.field(
        description="Whether the caller clears and submits in the name of the party today (UTC)."
    )
    is_administrator: bool = strawberry.field(
        description="Whether it is that of a technical administrator, who sees no content."
    )
    is_on_behalf: bool = strawberry.field(
        description="Whether it is by a representation: the caller is a delegate of another party, which has a "
        "mandate to speak for this one.",
    )

    @strawberry.field(description="The party, whether or not the standing is in use.")
    async def party(self, info: strawberry.Info) -> Party | None:
        """Return the party, rendered."""
        return Rendered((await self.rows.of(info, "Party")).get(self.standing.party_id))  # type: ignore[return-value]

    @strawberry.field(description="The accreditation, the caller's own also where the standing `isOnBehalf`.")
    async def delegate(self, info: strawberry.Info) -> Delegate | None:
        """Return the accreditation, rendered."""
        return Rendered((await self.rows.of(info, "Delegate")).get(self.standing.delegate_id))  # type: ignore[return-value]

    @strawberry.field(description="Bodies that the caller leads by this standing today.")
    async def leads(self, info: strawberry.Info) -> list[WorkingBody]:
        """Return the bodies that the caller leads by this standing, rendered."""
        return _in_order(await self.rows.of(info, "WorkingBody"), sorted(self.standing.leads))  # type: ignore[no-any-return]


def _show_standings(actor: Actor) -> list[Standing]:
    """Return the GraphQL form of every standing of the caller."""
    rows = StandingRows(actor)
    return [
        Standing(
            rows=rows,
            standing=standing,
            id=strawberry.ID(standing.id),
            is_focal_point=standing.is_focal_point,
            is_administrator=standing.is_administrator,
            is_on_behalf=bool(standing.representation_id),
        )
        for standing in actor.standings
    ]


def _in_order(rows: dict[str, Any], ids: list[str]) -> Any:
    """Return rendered rows in the order of their ids, without those that the caller does not see."""
    return Rendered([rows[identifier] for identifier in ids if identifier in rows])


@strawberry.type(
    description="The caller: who it is, which standings they have and what waits for them. Looked up at each "
    "request, never read from the token."
)
class Viewer:
    """Resolved from the database at each request, never from the token."""

    @strawberry.field(description="The person who asks, or the service account.")
    async def person(self, info: strawberry.Info) -> Person | None:
        """Return the person who asks, rendered."""
        person_id = _actor(info).person_id
        return Rendered((await rows_of(info, "Person", [person_id])).get(person_id))  # type: ignore[return-value]

    @strawberry.field(
        description="Every party that the caller can speak for today; empty for somebody without an accreditation."
    )
    def standings(self, info: strawberry.Info) -> list[Standing]:
        """Return every standing of the caller."""
        return _show_standings(_actor(info))

    @strawberry.field(
        description="The standing in use; null if the caller has none, or has several and sent no `Acting-As`."
    )
    def standing(self, info: strawberry.Info) -> Standing | None:
        """Return the standing in use, if one is."""
        actor = _actor(info)
        in_use = actor.representation_id or actor.delegate_id
        return next((standing for standing in _show_standings(actor) if standing.id == in_use), None)

    @strawberry.field(
        description="What the application in use may do at most, whatever the caller may do; every scope for a "
        "browser that is signed in at this server."
    )
    def scopes(self, info: strawberry.Info) -> list[Scope]:
        """Return the scopes of the caller in the order in which they are declared."""
        return [Scope(scope.value) for scope in scopes.Scope if scope in _actor(info).scopes]

    @strawberry.field(
        description="The accreditation by which the caller speaks, their own also when they speak on behalf; null "
        "if no standing is in use."
    )
    async def delegate(self, info: strawberry.Info) -> Delegate | None:
        """Return the accreditation under which the caller speaks, rendered."""
        delegate_id = _actor(info).delegate_id
        return Rendered((await rows_of(info, "Delegate", [delegate_id])).get(delegate_id))  # type: ignore[return-value]

    @strawberry.field(
        description="Bodies that the caller leads today as chair, co-chair or coordinator, by the standing in use."
    )
    async def leads(self, info: strawberry.Info) -> list[WorkingBody]:
        """Return the bodies that the caller leads, rendered."""
        body_ids = sorted(_actor(info).leads)
        return _in_order(await rows_of(info, "WorkingBody", body_ids), body_ids)  # type: ignore[no-any-return]

    @strawberry.field(
        description="Functions in bodies that the caller holds today by the standing in use, RAPPORTEUR included. "
        "Empty when speaking on behalf of another party."
    )
    async def functions(self, info: strawberry.Info) -> list[BodyFunction]:
        """Return the functions that the caller holds, rendered."""
        context: Context = info.context
        actor = context.actor
        async with context.database.reading() as connection:
            function_ids = await functions_of_seat(connection, actor, context.now.date())
        return _in_order(await rows_of(info, "BodyFunction", function_ids), function_ids)  # type: ignore[no-any-return]

    asked: Connection[Round] = many(
        "Open rounds that ask the caller's party for comments, the one that closes first at the front.",
        order=("closes_at", "id"),
        where=asks_for,
    )

    @strawberry.field(
        description="Acts that wait for the caller, the one due first at the front, those without a deadline "
        "last; at most 50 of each sort."
    )
    async def tasks(self, info: strawberry.Info) -> list[Task]:
        """Return the tasks of the caller."""
        return await tasks_of(info.context)

    @strawberry.field(
        description="Acts that begin something new and so are done to no object, such as `admitParty`, and whether the "
        "caller may do them now; if not, why not."
    )
    def available_acts(self, info: strawberry.Info) -> list[AvailableAct]:
        """Return the verdict on each act that begins something."""
        context: Context = info.context
        return verdicts_on_beginnings(context.actor, context.now)  # type: ignore[return-value]

    sessions: Connection[BrowserSession] = many(
        "Browsers in which the caller is signed in, the one used last at the front.",
        order=("-seen_at", "id"),
        where=applications.is_live,
    )
    grants: Connection[Grant] = many(
        "Grants of the caller that are in force, the latest first.",
        order=("-granted_at", "id"),
        where=applications.in_force,
    )


def _actor(info: strawberry.Info) -> Actor:
    """Return the caller."""
    context: Context = info.context
    return context.actor


@strawberry.type
class ViewerQueries:
    """Root fields about the caller."""

    @strawberry.field(description="The caller, accredited or not; null if nobody is signed in.")
    def viewer(self, info: strawberry.Info) -> Viewer | None:
        """Return the caller, None if nobody is signed in."""
        return Viewer() if _actor(info).person_id else None

    @strawberry.field(description="Instant of this operation by the server's clock, which decides what is in time.")
    def answered_at(self, info: strawberry.Info) -> datetime:
        """Return the instant of this operation."""
        context: Context = info.context
        return context.now
