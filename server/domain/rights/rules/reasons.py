"""Why somebody may do an act, or may not: the facts about the person on which the answer turns. Pure.

They are found by asking the policy again about the same person without, or with, one thing. So no reason is written
down that the policy does not have.
"""

from dataclasses import replace
from typing import Any, NamedTuple

from server.domain.rights.rules.reach import ANOTHER, Reach, reach_of
from server.kernel.actor import Actor, Capacity
from server.kernel.acts import Act


class Ground(NamedTuple):
    """An accreditation, or a representation by which a delegate speaks for another party.

    It comes with the functions held under it. `hindrance` says why it counts for nothing today, None when it counts.
    """

    id: str
    delegate_id: str
    party_id: str
    party_name: str
    capacity: Capacity
    is_on_behalf: bool
    words: str
    focal_point: str
    """Since when and until when a focal point; empty if not one today."""
    functions: tuple[str, ...]
    """Functions by which bodies are led today."""
    hindrance: str | None


class Right(NamedTuple):
    """How far an act reaches for somebody, and why, in words."""

    act: Act[Any]
    reach: Reach
    why: str


def right_of(act: Act[Any], actor: Actor, ground: Ground) -> Right:
    """Return the right of an actor, who speaks by a ground, to do an act on the objects that they see."""
    if ground.hindrance is not None:
        return Right(act, Reach.NEVER, f"{ground.words}: {ground.hindrance}")
    reach = reach_of(act, actor)
    if reach is Reach.NEVER:
        return Right(act, reach, f"This is for {act.who.words}; {_describe_missing(act, actor, ground)}")
    grounds = [ground.words, *_name_functions_needed(act, actor, ground, reach)]
    return Right(act, reach, f"For {act.who.words}: {'; '.join(grounds)}")


def _name_functions_needed(act: Act[Any], actor: Actor, ground: Ground, reach: Reach) -> list[str]:
    """Return in words the functions without which the act would not reach as far."""
    functions = []
    if actor.is_focal_point and reach_of(act, replace(actor, is_focal_point=False)) != reach:
        functions.append(ground.focal_point)
    if actor.leads and reach_of(act, replace(actor, leads=frozenset())) != reach:
        functions += ground.functions
    return functions


def _describe_missing(act: Act[Any], actor: Actor, ground: Ground) -> str:
    """Return the ground in words, with each single thing that would let the person do the act."""
    changes = [
        ("not a focal point today", replace(actor, is_focal_point=True)),
        ("leads no body today", replace(actor, leads=frozenset({ANOTHER + " body"}))),
        ("this party is spoken for on its behalf", replace(actor, representation_id="")),
    ]
    missing = [words for words, other in changes if other != actor and reach_of(act, other) is not Reach.NEVER]
    return f"{ground.words}{''.join(f', {words}' for words in missing)}"
