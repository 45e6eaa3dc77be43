"""The acts as one GraphQL enumeration, which names an act wherever one is named."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry

from server.domain.bodies import policy as bodies
from server.domain.parties import policy as parties
from server.domain.rights.rules.areas import all_acts
from server.kernel.acts import Act
from server.kernel.refusals import graphql_name

BEYOND = (bodies.accept_invitation, parties.appoint_officer, parties.seed_delegate)
"""The acts that are in the journal and are no mutation."""
EVERY_ACT: tuple[Act[Any], ...] = (*all_acts(), *BEYOND)
TAG_OF = {act.name: act.tag for act in EVERY_ACT}
"""The tag of each act by its name."""
TAGS = frozenset(TAG_OF.values())
"""The tags of the acts that this release knows."""


def _name_acts() -> type[StrEnum]:
    """Return the enumeration of the acts. A value of it is the tag that the journal keeps of the act."""
    enumeration = StrEnum("Act", {act.name.upper(): act.tag for act in EVERY_ACT})  # type: ignore[misc]
    about = "An act: what a person can do, has to do or did. It is named after its mutation."
    definition = strawberry.enum(enumeration, description=about).__strawberry_definition__  # type: ignore[attr-defined]
    for act, value in zip(EVERY_ACT, definition.values, strict=True):
        words = "An act without a mutation." if act in BEYOND else f"The mutation `{graphql_name(act.name)}`."
        value.description = f"{words} For: {act.who.words}."
    return enumeration


if TYPE_CHECKING:
    # The members are made from the policies, which mypy cannot see.
    ActName: TypeAlias = str
else:
    ActName = _name_acts()
