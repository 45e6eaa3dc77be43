"""Passwords: Argon2id hashes, what makes one good enough, and a check that does not tell whether a person exists."""

import asyncio
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.resets import use_up_resets
from server.identity.secrets import new_secret
from server.models.identity import Password
from server.models.parties import Person
from server.vocabulary.parties import Language

SHORTEST, LONGEST = 12, 128
"""Length of a password, in characters."""
TELLING_NAME = 4
"""From this length on, the name in an e-mail address is a guess worth refusing; "eu" is part of too many words."""
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""Argon2id as the OWASP password storage cheat sheet asks of servers at least: 19 MiB, two passes, one lane."""
_COMMON_PASSWORDS = """
000000000000 111111111111 121212121212 123123123123 123412341234 123456123456 123456654321 123456789000 123456789012
123456789098 1234567890123 12345678901234 123456789012345 1234567890123456 1234567890qwerty 123456789123
1234567891011 123456789abc 123qwe123qwe 1q2w3e4r5t6y 1q2w3e4r5t6y7u8i 1qaz1qaz1qaz 1qaz2wsx3edc 1qaz2wsx3edc4rfv
987654321000 987654321012 abc123abc123 abcabcabcabc abcd1234abcd abcdefghijkl abcdefghijklm administrator
administrator1 aaaaaaaaaaaa asdfasdfasdf asdfghjkl123 asdfghjklasdf azertyuiop12 azertyuiop123 azertyuiopqs
basketball12 beautifulgirl changeme1234 changemeplease chocolate123 computer1234 correcthorsebatterystaple
customs12345 donotforget1 footballfootball helloworld12 helloworld123 iloveyou1234 iloveyouiloveyou intersession
intersession1 letmein12345 letmeinletmein liverpool123 loveyouforever manchester12 mypassword12 mypassword123
nopassword12 onetwothreefour passpasspass passw0rd1234 password0000 password1111 password1234 password12345
password123456 password123! password2018 password2024 password2025 password2026 passwordpass passwordpassword
qazwsxedcrfv qazwsxedc123 qwerqwerqwer qwerty123456 qwerty1234567 qwertyqwerty qwertyuiop12 qwertyuiop123
qwertyuiop1234 qwertyuiop[] qwertyuiopas qwertyuiopasdfghjkl q1w2e3r4t5y6 secretpassword spongebob123 starwars1234
sunshine1234 superman1234 testtesttest thisismypassword trustno1trustno1 unbelievable welcome12345 welcome123456
welcomewelcome worldcustoms1 zaq12wsxcde3 zxcvbnmzxcvbnm
"""
TOO_COMMON = frozenset(_COMMON_PASSWORDS.split())
"""Passwords of this length that are tried first."""
FAULTS = {
    "short": "Use at least {count} characters. Several words in a row are easy to remember.",
    "long": "Use at most {count} characters.",
    "own name": "Do not use the name of your e-mail address in the password.",
    "common": "This one is among the first that are tried. Choose another.",
}
"""What can be wrong with a new password, in sentences that pages translate."""


class Known(NamedTuple):
    """The person that an e-mail address names at sign-in, and what they read; `hash` is None without a password."""

    person_id: str
    hash: str | None
    language: Language


def faults_of_password(password: str, *, email: str, say: Callable[..., str] = str.format) -> list[str]:
    """Return the faults of a new password as sentences for the person; empty when it is good.

    Any characters are allowed. `say` puts a sentence of `FAULTS` into the language of the person, with its values.
    """
    password = _normalise(password)
    faults = []
    if len(password) < SHORTEST:
        faults.append(say(FAULTS["short"], count=SHORTEST))
    if len(password) > LONGEST:
        faults.append(say(FAULTS["long"], count=LONGEST))
    folded, name = password.casefold(), email.partition("@")[0].casefold()
    if len(name) >= TELLING_NAME and name in folded:
        faults.append(say(FAULTS["own name"]))
    if folded in TOO_COMMON or len(set(folded)) < 3:
        faults.append(say(FAULTS["common"]))
    return faults


async def hash_of(password: str) -> str:
    """Return the Argon2id hash of a password, with its salt and parameters.

    It takes tens of milliseconds, in a thread: call it before a transaction begins.
    """
    return await asyncio.to_thread(HASHER.hash, _normalise(password))


async def is_right(hash_: str | None, password: str) -> bool:
    """Return whether a password belongs to a hash.

    Without a hash the same work is done, so that the time does not tell whether there is one.
    """
    return await asyncio.to_thread(_verify, hash_, password)


def is_outdated(hash_: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(hash_)


async def find_known(connection: AsyncConnection, email: str) -> Known | None:
    """Return the person with this e-mail address and the hash of their password.

    None when no person may sign in by it, for any reason.
    """
    statement = (
        select(Person.id, Password.hash, Person.language)
        .outerjoin(Password, Password.person_id == Person.id)
        .where(Person.email == email.strip().casefold(), Person.suspended_at.is_(None))
    )
    row = (await connection.execute(statement)).first()
    return None if row is None else Known(*row)


async def find_hash(connection: AsyncConnection, person_id: str) -> str | None:
    """Return the hash of a person's password, None if they have none."""
    return await connection.scalar(select(Password.hash).where(Password.person_id == person_id))


async def set_password(session: AsyncSession, person_id: str, hash_: str, now: datetime) -> None:
    """Give a person a password, by its hash, and use up every link to choose one.

    What was signed in with the password before is not ended here.
    """
    await use_up_resets(session, person_id, now)
    await session.merge(Password(person_id=person_id, hash=hash_, changed_at=now))
    await session.flush()


def _verify(hash_: str | None, password: str) -> bool:
    try:
        # verified even without a hash, so that the answer takes as long
        is_same = HASHER.verify(hash_ or _nobodys_hash(), _normalise(password))
    except VerifyMismatchError:
        return False
    return is_same and hash_ is not None


@cache
def _nobodys_hash() -> str:
    """Return the hash of a password that nobody knows."""
    return HASHER.hash(new_secret())


def _normalise(password: str) -> str:
    """Return the password in one form (NFC): some keyboards compose accents, others send them apart."""
    return unicodedata.normalize("NFC", password)
