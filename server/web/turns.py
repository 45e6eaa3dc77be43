"""What a server does by itself, again and again, while it runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from server.delivery.outbox.postman import postman, sender_of
from server.delivery.repeating import repeating
from server.delivery.settings import DeliverySettings
from server.domain.evidence.actions.sealing import sign_and_seal
from server.domain.notices.actions.making import make_notices
from server.domain.notices.actions.posting import compose_letter, post_notices
from server.domain.notices.actions.reminding import tell_reminders
from server.domain.parties.actions.inviting import tell_inviter
from server.identity.site import Site
from server.storage.watch import SchemaWatch
from server.web.gauges import Gauges


@asynccontextmanager
async def turning(site: Site, settings: DeliverySettings, gauges: Gauges) -> AsyncIterator[None]:
    """Send letters, sign heads, make notices and look at the schema while the block runs."""
    on_time = (site.database, site.clock, site.settings.issuer)
    compose = partial(compose_letter, issuer=site.settings.issuer)
    send = sender_of(settings, production=site.settings.production)
    letters = postman(site.database, site.clock, send, tell=tell_inviter, count=gauges.count_letter, compose=compose)
    looks = repeating(SchemaWatch(site.database).look, "schema not read")
    heads = repeating(partial(sign_and_seal, *on_time), "heads not signed")
    notices = repeating(partial(_tell_people, site, site.settings.issuer, gauges), "notices not made")
    async with looks, letters, heads, notices:
        yield


async def _tell_people(site: Site, issuer: str, gauges: Gauges) -> None:
    """Make the notices of what happened and of what is due, and put their letters into the outbox."""
    reminded = await tell_reminders(site.database, site.clock)
    gauges.count_notices(reminded + await make_notices(site.database, site.clock))
    await post_notices(site.database, site.clock, issuer)
