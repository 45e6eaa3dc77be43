"""How far a right reaches, whatever the state of an object: on every object, on some only, or on none. Pure.

Policies are predicates over facts. So a right is found by asking them about example objects, which differ in everything
that a policy looks at: the party and person they belong to, who leads their body, whom they address.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import product
from typing import Any

from server.kernel.actor import Actor, Capacity
from server.kernel.acts import MOST_FIRST, Act, unaccredited
from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope
from server.vocabulary.rounds import DispositionStage
from server.vocabulary.threads import ReplyMode

ANOTHER = "another"
"""An id that is nobody's."""
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class Reach(StrEnum):
    """On which objects a person may do an act, whatever their state and the calendar."""

    ALWAYS = "ALWAYS"
    """On every object that the person sees."""
    ON_SOME = "ON_SOME"
    """On some objects only, as the words of the act say.

    Examples are those of the own party, of bodies that the person leads and of rounds that address the party.
    """
    NEVER = "NEVER"
    """On no object."""


@dataclass(frozen=True)
class Example:
    """The facts of an object as far as policies look at them: its party and person, its body and whom it addresses."""

    party_id: str | None
    by_party_id: str
    person_id: str
    delegate_id: str
    body_id: str
    addressed: bool
    parent_id: str | None = None
    """The body above that body."""

    stage = DispositionStage.PROPOSED
    """The stage of answers that were given together; of a draft policies ask only whether it was cleared once."""
    levels = cleared_by_id = None
    """A draft that nobody cleared, in a party that asks for no clearance."""

    @property
    def author_id(self) -> str:
        """The delegate who wrote a draft or a note."""
        return self.delegate_id

    @property
    def proposed_by_id(self) -> str:
        """The delegate who proposed that a milestone moves."""
        return self.delegate_id

    @property
    def approver_body_id(self) -> str:
        """The body whose leaders approve that a milestone moves."""
        return self.body_id

    @property
    def group_id(self) -> str:
        """The group that a topic was given to."""
        return self.body_id

    @property
    def party_ids(self) -> tuple[str | None, ...]:
        """The parties in the name of which a comment is."""
        return (self.party_id,)

    @property
    def replies(self) -> ReplyMode:
        """Who may reply in a round: every delegate in those that address the actor, focal points in others."""
        return ReplyMode.DELEGATES if self.addressed else ReplyMode.FOCAL_POINTS

    def addresses(self, capacity: Capacity | None) -> bool:
        """Return whether a call asks parties of this capacity; the Secretariat is never asked."""
        return self.addressed and capacity not in (None, Capacity.SECRETARIAT)

    def asks(self, actor: Actor) -> bool:
        """Return whether a round asks the actor's party; the Secretariat is never asked."""
        return self.addressed and actor.capacity not in (None, Capacity.SECRETARIAT)


def examples_for(actor: Actor) -> Iterator[Example]:
    """Yield objects of every sort there is for an actor.

    They belong to the own party or another, are given to it or to another, or belong to nobody; are about the person or
    another; are of a body that the actor leads or of another; and address them or do not.
    """
    # One body of those led is enough: policies do not tell one from another.
    own = actor.party_id
    parties = ((own, ANOTHER), (ANOTHER, own), (ANOTHER, ANOTHER), (None, ANOTHER))
    persons = ((actor.person_id, actor.delegate_id), (ANOTHER, ANOTHER))
    bodies = (*sorted(actor.leads)[:1], ANOTHER)
    for (party, by_party), (person, delegate), body, addressed in product(parties, persons, bodies, (True, False)):
        yield Example(party, by_party, person, delegate, body, addressed)
    for above in sorted(actor.leads)[:1]:
        yield Example(ANOTHER, ANOTHER, ANOTHER, ANOTHER, ANOTHER, addressed=False, parent_id=above)
    for joined in sorted(actor.bodies)[:1]:
        yield Example(ANOTHER, ANOTHER, ANOTHER, ANOTHER, joined, addressed=False)


@cache
def _without_rules(act: Act[Any]) -> Act[Any]:
    """Return the act without the rules about state and calendar."""
    return replace(act, when=(), personally=())


def refusal_code_of(act: Act[Any], actor: Actor, facts: Any) -> RefusalCode | None:
    """Return why an actor may not do an act on such an object whatever its state, None when they may."""
    return _without_rules(act).verdict(actor, facts, _ANY_TIME).code


def reach_of(act: Act[Any], actor: Actor) -> Reach:
    """Return on which objects an actor may do an act, through an application with every scope."""
    if unaccredited(actor):
        return Reach.NEVER
    answers = {refusal_code_of(act, actor, example) is None for example in examples_for(actor)}
    return Reach.ON_SOME if len(answers) == 2 else Reach.ALWAYS if answers == {True} else Reach.NEVER


def scope_of(act: Act[Any], actor: Actor) -> Scope:
    """Return the scope that an application needs to do an act for this actor.

    Where the actor may not do the act, it is the usual scope of the act.
    """
    needed = (act.scopes_for(actor, example) for example in examples_for(actor))
    scopes_needed = next((scopes for scopes in needed if scopes), frozenset({act.scope}))
    return next(scope for scope in MOST_FIRST if scope in scopes_needed)
