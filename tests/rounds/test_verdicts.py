"""Verdicts are what their plain definition says, whatever is found out first or kept for the next."""

from datetime import timedelta
from random import Random
from typing import Any

from server.domain.rounds import policy
from server.domain.rounds.rules.facts import CommentFacts
from server.kernel.actor import Actor, Capacity, Standing
from server.kernel.acts import MOST_FIRST, Act, Verdict, unaccredited, verdicts
from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope
from server.vocabulary.rounds import CommentStatus, PlaceState, RoundStatus, RoundVisibility
from tests.factories.world import NOW

TRIES = 3_000
MESSAGES = {
    RefusalCode.UNAUTHENTICATED: "Sign in first.",
    RefusalCode.NOT_ACCREDITED: "You are signed in, but accredited for no party today.",
    RefusalCode.PARTY_NOT_CHOSEN: "You can speak for several parties. Say for which, with the header Acting-As.",
}


def scopes_of(act: Act[Any], actor: Actor, facts: Any) -> frozenset[Scope]:
    """Return the scopes that an act needs, as `Act.scopes_for` defines them."""
    scopes = act.who.scopes_for(actor, facts)
    if actor.is_administrator:
        return scopes & {Scope.ADMINISTER}
    scopes = scopes - {Scope.ADMINISTER}
    return frozenset({act.only}) if act.only and scopes else scopes


def define(act: Act[Any], actor: Actor, facts: Any) -> Verdict:
    """Return the verdict on one act, step by step."""

    def deny(code: RefusalCode, reason: str, rule: str = act.source, unlocks_at: Any = None) -> Verdict:
        return Verdict(act.name, False, code, reason, rule, unlocks_at, act.who.words, act.tag)

    if code := unaccredited(actor):
        return deny(code, MESSAGES[code])
    scopes = scopes_of(act, actor, facts)
    if not scopes:
        return deny(RefusalCode.FORBIDDEN, f"This is for {act.who.words}.")
    if not scopes & actor.scopes:
        lacking = next(scope for scope in MOST_FIRST if scope in scopes)
        return deny(RefusalCode.SCOPE_MISSING, f"This application was not given the scope {lacking.value!r}.")
    for rule in act.when:
        if obstacle := rule(facts, NOW):
            return deny(obstacle.code, obstacle.message, obstacle.rule or act.source, obstacle.unlocks_at)._replace(
                because=obstacle.reason, is_final=obstacle.is_final
            )
    return Verdict(act.name, True, None, None, None, None, act.who.words, act.tag)


def draw_actor(random: Random) -> Actor:
    """Draw anybody: nobody, people without a party, delegates of every capacity, administrators and programs."""
    capacity = random.choice([None, *Capacity])
    standing = Standing("DEL_1", "PTY_1", "Party", Capacity.MEMBER)
    return Actor(
        person_id=random.choice(["", "PER_1", "PER_1"]),
        party_id=random.choice(["PTY_1", "PTY_2"]),
        capacity=capacity,
        is_focal_point=random.random() < 0.5,
        leads=frozenset(random.sample(["BOD_1", "BOD_2"], random.randint(0, 2))),
        is_administrator=random.random() < 0.2,
        is_service=random.random() < 0.2,
        representation_id=random.choice(["", "REP_1"]),
        scopes=frozenset(random.sample([*Scope], random.randint(1, len(Scope)))),
        standings=(standing,) * random.randint(0, 2),
    )


def draw_comment(random: Random) -> CommentFacts:
    """Draw the facts of a comment in any state, in a round in any state."""
    opens_at = NOW + timedelta(days=random.randint(-3, 3))
    return CommentFacts(
        status=random.choice([*CommentStatus]),
        party_id=random.choice(["PTY_1", "PTY_2"]),
        body_id=random.choice(["BOD_1", "BOD_2"]),
        round_status=random.choice([*RoundStatus]),
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=random.randint(1, 3)),
        visibility=random.choice([*RoundVisibility]),
        place_state=random.choice([None, *PlaceState]),
    )


def test_verdicts_on_comments_are_what_their_definition_says() -> None:
    random = Random(1)
    codes = set()
    for _ in range(TRIES):
        actor, facts = draw_actor(random), draw_comment(random)

        found = verdicts(policy.ON_COMMENT, actor, facts, NOW)

        assert found == [define(act, actor, facts) for act in policy.ON_COMMENT]
        codes |= {verdict.code for verdict in found}
    assert codes >= {None, RefusalCode.FORBIDDEN, RefusalCode.SCOPE_MISSING, RefusalCode.WRONG_STATE, *MESSAGES}
