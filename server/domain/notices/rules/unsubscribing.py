"""The links by which people end letters about notices without signing in (RFC 8058). Pure."""

import hmac
from hashlib import sha256

from server.kernel.ids import prefix_of

PATH = "/unsubscribe/"
"""The beginning of the address; the token follows."""
PERSON = "PER"


def sign_token(secret: str, person_id: str) -> str:
    """Return the token of a person: who it is, and that this server says so."""
    return f"{person_id}.{_signature_of(secret, person_id)}"


def read_token(secret: str, token: str) -> str | None:
    """Return the id of the person whose token it is, None for a token that this server did not sign."""
    person_id, _, signature = token.partition(".")
    if prefix_of(person_id) != PERSON or not signature.isascii():
        return None
    return person_id if hmac.compare_digest(signature, _signature_of(secret, person_id)) else None


def _signature_of(secret: str, person_id: str) -> str:
    return hmac.new(bytes.fromhex(secret), f"unsubscribe {person_id}".encode(), sha256).hexdigest()
