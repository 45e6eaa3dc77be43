"""What a provider says of a person, in the ID token it signed and in its answer about people (userinfo)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from server.kernel.actor import Capacity
from server.kernel.addresses import is_email

NAMELESS = "A person without a name"
NAME_LIMIT = 200


class Vouched(NamedTuple):
    """The person for whom the provider vouches.

    The subject, what the provider calls the person, an e-mail address it has verified ("" where there is none), the cap
    on what they can be (None for no cap) and the parties they are said to belong to.
    """

    subject: str
    name: str
    email: str
    capacities: frozenset[Capacity] | None
    parties: list[tuple[Capacity, str]]


def name_of(*sources: Mapping[str, Any]) -> str:
    """Return what the provider calls the person, in at most 200 characters. Earlier sources go before later ones.

    A full name goes before a user name. An e-mail address is no name: everybody would see it.
    """
    values = (source.get(claim) for claim in ("name", "preferred_username") for source in sources)
    names = (" ".join(value.split()) for value in values if isinstance(value, str))
    return next((name for name in names if name and name.isprintable() and not is_email(name)), NAMELESS)[:NAME_LIMIT]


def verified_email_of(*sources: Mapping[str, Any]) -> str:
    """Return an e-mail address that the provider has verified, in lower case; "" if there is none.

    Each source is read by itself: `email_verified` says something of the address beside it, and nothing of one that
    stands elsewhere (OpenID Connect Core 5.1). The first source that says whether its address is verified decides.
    """
    for source in sources:
        email, verified = source.get("email"), source.get("email_verified")
        if email is not None and verified is not None:
            is_good = verified is True and isinstance(email, str) and is_email(email)
            return email.casefold() if is_good else ""
    return ""
