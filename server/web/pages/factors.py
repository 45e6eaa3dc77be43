"""Second factors as pages ask about them: whether a person has one, must have one, and may remove one."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.identity.authenticators import has_authenticator, is_demanded
from server.identity.passkeys import has_passkey
from server.identity.settings import SecondFactor
from server.identity.site import Site
from server.models.identity import Passkey
from server.web.look.languages import say, sentence
from server.web.pages.forms import TurnedAway

DEMANDS = {
    SecondFactor.SECRETARIAT: sentence("You take part in a capacity that needs a second factor."),
    SecondFactor.EVERYONE: sentence("This server asks for more than a password."),
}
"""Why a second factor is demanded, by the setting that demands it."""


async def has_factor(connection: AsyncConnection, person_id: str) -> bool:
    """Return whether a person has a second factor of any kind."""
    return await has_authenticator(connection, person_id) or await has_passkey(connection, person_id)


async def demand_of(connection: AsyncConnection, site: Site, person_id: str) -> str:
    """Return as a sentence why a second factor is demanded of a person today, empty where it is not."""
    setting = site.settings.second_factor
    return say(DEMANDS[setting]) if await is_demanded(connection, person_id, site.now(), of=setting) else ""


async def is_removable(connection: AsyncConnection, site: Site, person_id: str) -> bool:
    """Return whether a person can remove one second factor: none is demanded, or another remains."""
    passkeys = await connection.scalar(select(func.count()).where(Passkey.person_id == person_id))
    factors = (passkeys or 0) + await has_authenticator(connection, person_id)
    return factors > 1 or not await demand_of(connection, site, person_id)


async def ensure_removable(site: Site, person_id: str) -> None:
    """Raise TurnedAway if a person has to keep their second factor."""
    async with site.database.reading() as connection:
        if not await is_removable(connection, site, person_id):
            demand = await demand_of(connection, site, person_id)
            first = say("Set up another second factor before you remove this one.")
            raise TurnedAway(409, say("Not removed"), f"{demand} {first}")
