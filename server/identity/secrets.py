"""Random secrets that are handed out once and presented later: only their digests are kept."""

import hashlib
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    """Return a new URL-safe secret of 256 random bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret in hexadecimal digits.

    That is enough for a random secret; a password is hashed by Argon2id.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
