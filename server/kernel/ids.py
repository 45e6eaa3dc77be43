"""Make opaque, type-prefixed, URL-safe identifiers: the same value in the API, in exports and in files.

`CMT_01jd3k...`: three letters that name the noun, then 26 characters of Crockford base 32 for 48 bits of milliseconds
and 80 random bits. Sorting by id is sorting by creation within one process; nothing else may be read from an id.
"""

import re
import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PATTERN = re.compile(r"^[A-Z]{3}_[0-9a-hjkmnp-tv-z]{26}\Z")
LENGTH = 30

_last = 0
"""The greatest number that this process has put into an identifier."""


def new_id(prefix: str) -> str:
    """Return a new identifier with the three letters of its noun, greater than all that this process made before."""
    global _last
    number = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
    # In the same millisecond, or when the clock was set back, a random step keeps the order and stays hard to guess.
    _last = number if number > _last else _last + 1 + secrets.randbits(40)
    return f"{prefix}_" + "".join(_ALPHABET[(_last >> shift) & 31] for shift in range(125, -1, -5))


def prefix_of(identifier: str) -> str | None:
    """Return the prefix of a well-formed identifier, None for anything else."""
    return identifier[:3] if PATTERN.match(identifier) else None
