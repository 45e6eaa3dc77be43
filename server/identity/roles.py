"""Gives the groups of an external provider a meaning here.

They seed a first accreditation or cap what a person can be; the accreditation itself lives in the database.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from server.kernel.actor import Capacity


class RoleMap(NamedTuple):
    """How to read the roles in a token.

    `claim` is the name of a claim, which may have dots in it, or a dotted path such as "realm_access.roles". `meanings`
    gives for each role a capacity ("MEMBER"), or a capacity and the short name of a party ("MEMBER:Japan"). With an
    empty `claim` the provider says nothing about roles, and caps nothing.
    """

    claim: str = ""
    meanings: Mapping[str, str] = {}

    def capacities_of(self, claims: Mapping[str, Any]) -> frozenset[Capacity] | None:
        """Return the capacities to which a token caps its bearer, None if the provider sets no cap."""
        if not self.claim:
            return None
        return frozenset(Capacity(meaning.partition(":")[0]) for meaning in self._meanings_of(claims))

    def parties_of(self, claims: Mapping[str, Any]) -> list[tuple[Capacity, str]]:
        """Return (capacity, short name) of the parties for which the provider vouches at a first sign-in."""
        parts = (meaning.partition(":") for meaning in self._meanings_of(claims))
        return [(Capacity(capacity), party.strip()) for capacity, _, party in parts if party]

    def _meanings_of(self, claims: Mapping[str, Any]) -> list[str]:
        value: Any = claims if self.claim else {}
        for step in (self.claim,) if self.claim in claims else self.claim.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        roles = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [self.meanings[role] for role in roles if isinstance(role, str) and role in self.meanings]
