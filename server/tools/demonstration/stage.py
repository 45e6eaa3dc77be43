"""The stage of the demonstration: it performs acts as people of the demonstration, at instants before now."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.identity.standing import actor_of
from server.models.bodies import Body
from server.models.parties import Party

BRUSSELS = ZoneInfo("Europe/Brussels")


class Stage:
    """Performs acts as the persons of the demonstration, all in one transaction: half of one is of no use."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.session = session
        self.now = now
        self.persons: dict[str, str] = {}

    async def do(self, email: str, days: float, act: Any, **arguments: Any) -> str:
        """Perform one act as a person, `days` before now, and return the id of its subject."""
        at = self.now - timedelta(days=days)
        actor = await actor_of(await self.session.connection(), self.persons[email], at)
        subject = str(await act(self.session, actor, at, **arguments))
        await self.session.flush()
        self.session.expunge_all()  # so that the next act reads what statements changed, as in a session of its own
        return subject

    async def find(self, statement: Any) -> Any:
        """Return the first row of a statement."""
        return await self.session.scalar(statement)

    def brussels(self, days: float) -> datetime:
        """Return five in the afternoon in Brussels, so many days after now."""
        day = (self.now + timedelta(days=days)).astimezone(BRUSSELS).date()
        return datetime.combine(day, time(17), BRUSSELS)

    def day(self, days: int) -> date:
        """Return the day so many days after today."""
        return self.now.date() + timedelta(days=days)

    async def body(self, short_name: str) -> str:
        """Return the id of a body."""
        return str(await self.session.scalar(select(Body.id).where(Body.short_name == short_name)))

    async def party(self, short_name: str) -> str:
        """Return the id of a party."""
        return str(await self.session.scalar(select(Party.id).where(Party.short_name == short_name)))
