"""Why somebody may do an act, or why not: what of the person the answer turns on. Pure.

It is found by asking the policy again about the same person without, or with, one thing. So no reason is written down
that the policy does not have.
"""

from dataclasses import replace
from typing import Any, NamedTuple

from server.domain.rights.rules.reach import ANOTHER, Reach, reach_of
from server.kernel.actor import Actor, Capacity
from server.kernel.acts import Act


class Ground(NamedTuple):
    """An accreditation, or a representation by which a delegate speaks for another party, with the functions held
    under it. `hindrance` says why it counts for nothing today, None when it counts."""

    id: str
    delegate_id: str
    party_id: str
    party_name: str
    capacity: Capacity
    on_behalf: bool
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
    """The right of an actor, who speaks by a ground, to do an act on whatever they see."""
    if ground.hindrance is not None:
        return Right(act, Reach.NEVER, f"{ground.words}: {ground.hindrance}")
    reach = reach_of(act, actor)
    if reach is Reach.NEVER:
        return Right(act, reach, f"This is for {act.who.words}; {_lacking(act, actor, ground)}")
    return Right(act, reach, f"For {act.who.words}: {'; '.join([ground.words, *_turning(act, actor, ground, reach)])}")


def _turning(act: Act[Any], actor: Actor, ground: Ground, reach: Reach) -> list[str]:
    """The functions without which the act would not reach as far."""
    found = []
    if actor.is_focal_point and reach_of(act, replace(actor, is_focal_point=False)) != reach:
        found.append(ground.focal_point)
    if actor.leads and reach_of(act, replace(actor, leads=frozenset())) != reach:
        found += ground.functions
    return found


def _lacking(act: Act[Any], actor: Actor, ground: Ground) -> str:
    """What the person would need besides, if there is one thing that would do; else what they are."""
    could = [
        ("not a focal point today", replace(actor, is_focal_point=True)),
        ("leads no body today", replace(actor, leads=frozenset({ANOTHER + " body"}))),
        ("this party is spoken for on its behalf", replace(actor, representation_id="")),
    ]
    lacking = [words for words, other in could if other != actor and reach_of(act, other) is not Reach.NEVER]
    return f"{ground.words}{''.join(f', {words}' for words in lacking)}"
