"""What is measured on: a closed round with 50 answered comments, and a text of a thousand provisions."""

import asyncio
from datetime import timedelta

from server.identity.keys import signing_keys
from server.identity.tokens import sign_token
from server.journal.chain import sha256_of
from server.kernel.scopes import EVERY_SCOPE
from server.models.rounds import Comment, CommentWork, Disposition, Round
from server.models.texts import Instrument, Provision, ProvisionText, TextVersion
from server.settings import Settings
from server.storage.database import Database
from server.storage.migrations import migrate
from server.vocabulary.rounds import CommentStatus, CommentType, DispositionStage, DispositionVerdict, RoundVisibility
from server.vocabulary.texts import UnitKind, VersionStatus
from tests.factories.world import NOW, World, make_world

SENTENCE = "Customs administrations should exchange advance electronic data with operators {number} before departure"


async def add_round(world: World, comments: int, *, version: str = "", provisions: list[str] | None = None) -> str:
    """A round that closed yesterday with `comments` disposed comments of four parties, all accepted, each proposing
    "shall" for the first "should" of its provision. Gives the round's id."""
    places = provisions or world.provisions[1:]
    parties = ("japan", "canada", "upu", "gea")
    round_ = Round(
        text_version_id=version or world.version,
        body_id=world.bodies["group"],
        title="Comments",
        opens_at=NOW - timedelta(days=9),
        closes_at=NOW - timedelta(days=1),
        zone="Europe/Brussels",
        visibility=RoundVisibility.IMMEDIATE,
        open_to_members=True,
        open_to_observers=True,
        open_to_private_sector=True,
        called_by_id=world.delegates["canada"],
        called_at=NOW - timedelta(days=9),
    )
    await world.add(round_)
    made = [
        Comment(
            round_id=round_.id,
            party_id=world.parties[parties[place % 4]],
            author_id=world.delegates[parties[place % 4]],
            provision_text_id=places[place % len(places)],
            position=(place % len(places)) + (1 if provisions else 2),
            number=place // 4 + 1,
            type=CommentType.SUBSTANTIVE,
            text="The duty must be clear to operators and administrations alike.",
            reason="Legal certainty.",
            quote_exact="should",
            quote_start=24,
            quote_end=30,
            proposed_wording="shall",
            drafted_at=NOW - timedelta(days=5),
            submitted_at=NOW - timedelta(days=5),
            submitted_by_id=world.delegates[parties[place % 4]],
            content_digest="0" * 64,
        )
        for place in range(comments)
    ]
    answers = [
        Disposition(
            comment_id=comment.id,
            stage=DispositionStage.RECORDED,
            verdict=DispositionVerdict.ACCEPTED,
            decided_by_id=world.delegates["secretariat"],
            decided_at=NOW,
        )
        for comment in made
    ]
    await world.add(*made)
    await world.add(*answers)
    await world.add(
        *(
            CommentWork(comment_id=comment.id, status=CommentStatus.DISPOSED, disposition_id=answer.id)
            for comment, answer in zip(made, answers, strict=True)
        )
    )
    return round_.id


async def add_text(world: World, provisions: int, short_title: str = "") -> tuple[str, list[str]]:
    """An issued version with so many paragraphs of about sixty words; gives its id and those of the paragraphs."""
    instrument = Instrument(title="A long text", short_title=short_title or f"Long text of {provisions}")
    await world.add(instrument)
    version = TextVersion(instrument_id=instrument.id, number=1, label="Draft 1", created_at=NOW)
    keys = [Provision(instrument_id=instrument.id) for _ in range(provisions)]
    await world.add(version, *keys)
    rows = []
    for position, key in enumerate(keys, start=1):
        text = ", and ".join(SENTENCE.format(number=f"{position}.{part}") for part in range(4)) + "."
        rows.append(
            ProvisionText(
                text_version_id=version.id,
                provision_id=key.id,
                position=position,
                kind=UnitKind.PARAGRAPH,
                level=0,
                printed_number=f"{position}.",
                text=text,
                digest=sha256_of(text),
            )
        )
    await world.add(*rows)
    async with world.database.writing() as session:
        stored = await session.get_one(TextVersion, version.id)
        stored.status, stored.issued_at = VersionStatus.ISSUED, NOW
    return version.id, [row.id for row in rows]


async def prepared(url: str) -> tuple[World, str]:
    """A migrated database with the small world and a round of 50 answered comments, and the id of the round."""
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url, pool=15))
    return world, await add_round(world, 50)


async def token_of(world: World, settings: Settings) -> str:
    """An access token of Japan's focal point, valid now: the listing is what a delegate sees."""
    now = world.clock.now
    key = (await signing_keys(world.database, now))[0]
    names = {"issuer": settings.issuer, "audience": settings.token_audience}
    given = {"client_id": "bench", "scopes": EVERY_SCOPE}
    return sign_token(key, **names, **given, subject=world.persons["japan"], now=now, minutes=1440)
