"""Define the conditions that many policies share. Each reads the field of the facts that it names."""

from typing import Any

from server.kernel.acts import Condition
from server.kernel.scopes import Scope

the_secretariat: Condition[Any] = Condition(
    "the Secretariat", lambda actor, _: actor.is_secretariat, frozenset({Scope.SECRETARIAT})
)
an_officer: Condition[Any] = Condition(
    "the Secretariat in person",
    lambda actor, _: actor.is_secretariat and not actor.is_service,
    frozenset({Scope.SECRETARIAT}),
)
"""Used for acts that decide who can do what: a service account must not give powers to anybody."""
a_party: Condition[Any] = Condition(
    "a delegate of a party other than the Secretariat", lambda actor, _: actor.is_signed_in and not actor.is_secretariat
)
own_party: Condition[Any] = Condition("a delegate of its party", lambda actor, facts: actor.party_id == facts.party_id)
own_focal_point: Condition[Any] = Condition(
    "the focal point of its party", lambda actor, facts: actor.is_focal_point and actor.party_id == facts.party_id
)
a_focal_point: Condition[Any] = Condition("a focal point", lambda actor, _: actor.is_focal_point)
the_administrator: Condition[Any] = Condition(
    "a technical administrator", lambda actor, _: actor.is_administrator, frozenset({Scope.ADMINISTER})
)
leads_body: Condition[Any] = Condition(
    "those who lead the body (chair, co-chair or coordinator)", lambda actor, facts: facts.body_id in actor.leads
)
party_itself: Condition[Any] = Condition(
    "the focal point of the party in person, not somebody who represents it",
    lambda actor, facts: (
        actor.is_signed_in
        and actor.is_focal_point
        and not (actor.representation_id or actor.is_service)
        and actor.party_id == facts.party_id
    ),
)
