"""Random secrets that go out once and come back: only their digests are kept."""

import hashlib
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    """A secret of 256 random bits, URL-safe."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """The SHA-256 of a secret in hexadecimal digits. Enough for what is random; a password is hashed by Argon2id."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
