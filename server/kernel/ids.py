"""Opaque, type-prefixed, URL-safe identifiers: the same value in the API, in exports and in files.

`CMT_01jd3k...`: three letters naming the noun, then 26 characters of Crockford base 32 holding 48 bits of milliseconds
and 80 random bits. Sorting by id is sorting by creation within one process; nothing else may be read from an id.
"""

import re
import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PATTERN = re.compile(r"^[A-Z]{3}_[0-9a-hjkmnp-tv-z]{26}\Z")
LENGTH = 30


_last = 0


def new_id(prefix: str) -> str:
    """A new identifier with the three-letter prefix of its noun, greater than every one this process made before."""
    global _last
    number = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
    _last = number if number > _last else _last + 1 + secrets.randbits(40)
    return f"{prefix}_" + "".join(_ALPHABET[(_last >> shift) & 31] for shift in range(125, -1, -5))


def prefix_of(identifier: str) -> str | None:
    """The prefix of a well-formed identifier, None for anything else."""
    return identifier[:3] if PATTERN.match(identifier) else None
