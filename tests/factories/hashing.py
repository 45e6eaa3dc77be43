"""Argon2 with parameters that cost nothing, for the tests that sign in on the way to something else."""

from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher

from server.identity import passwords

AS_SERVED = passwords.HASHER
"""The hasher of the server, with the parameters of production."""


def hash_cheaply() -> None:
    """Make this process hash passwords in microseconds instead of tens of milliseconds."""
    passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@contextmanager
def hashing_as_served() -> Iterator[PasswordHasher]:
    """Hash as the server does, with the parameters of production, while the block runs."""
    cheap, passwords.HASHER = passwords.HASHER, AS_SERVED
    passwords._nobodys_hash.cache_clear()
    yield AS_SERVED
    passwords.HASHER = cheap
    passwords._nobodys_hash.cache_clear()
