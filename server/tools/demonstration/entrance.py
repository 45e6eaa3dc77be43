"""The password of the people of the demonstration: one for all, made anew at every start."""

import secrets
from datetime import datetime

from sqlalchemy import select

from server.identity.passwords import hash_of, set_password
from server.models.parties import Person
from server.storage.database import Database
from server.tools.demonstration.people import PEOPLE

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


async def give_password(database: Database, now: datetime) -> str:
    """Give everybody of the demonstration the same new password and return it, to be shown once."""
    password = readable_password()
    hash_ = await hash_of(password)
    everybody = select(Person.id).where(Person.email.in_([email for email, *_ in PEOPLE]))
    async with database.writing() as session:
        for person_id in (await session.scalars(everybody)).all():
            await set_password(session, person_id, hash_, now)
    return password


def readable_password() -> str:
    """Return a password of four meaningless words that can be read aloud, of about 49 random bits."""
    return "-".join("".join(map(secrets.choice, (CONSONANTS, VOWELS) * 2)) for _ in range(4))
