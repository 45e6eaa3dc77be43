"""Who may register applications, open service accounts and end what they may do: everybody against everything."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.domain.parties import policy as party_policy
from server.domain.parties.rules.service_accounts import AccountOpeningFacts
from server.identity.applications import policy
from server.identity.applications.rules import ApplicationFacts, GrantFacts
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act
from server.kernel.refusals import RefusalCode as Code
from server.kernel.scopes import EVERY_SCOPE, Scope
from server.vocabulary.applications import ApplicationKind

NOW = datetime(2018, 9, 24, tzinfo=UTC)
PROGRAM = ApplicationFacts(ApplicationKind.WEB, None, None)
ACCOUNT = ApplicationFacts(ApplicationKind.SERVICE, None, "own")


def member(party: str, **more: Any) -> Actor:
    """A delegate of a Member."""
    return Actor("PER", "DEL", "Name", party, capacity=Capacity.MEMBER, **more)


PERSONAS = {
    "delegate": member("own"),
    "focal point": member("own", is_focal_point=True),
    "representative": member("own", is_focal_point=True, representation_id="REP"),
    "other focal point": member("other", is_focal_point=True),
    "coordinator": member("other", is_focal_point=True, leads=frozenset({"group"})),
    "secretariat": Actor("PER", "DEL", "Name", "office", capacity=Capacity.SECRETARIAT),
    "administrator": Actor("PER", "DEL", "Name", "office", capacity=Capacity.SECRETARIAT, is_administrator=True),
}
KEEPERS = {"secretariat", "administrator"}
WHO = [
    (policy.register_application, None, KEEPERS),
    (policy.correct_application, PROGRAM, KEEPERS),
    (policy.retire_application, PROGRAM, KEEPERS),
    (policy.rotate_application_secret, PROGRAM, KEEPERS),
    (policy.rotate_application_secret, ACCOUNT, {"focal point"}),
    (party_policy.open_service_account, AccountOpeningFacts("own"), {"focal point", "secretariat"}),
    (party_policy.close_service_account, ACCOUNT, {"focal point", *KEEPERS}),
    (policy.revoke_grant, GrantFacts("PER", None), set(PERSONAS)),
    (policy.revoke_grant, GrantFacts("PER_other", None), set()),
    (policy.revoke_grant, GrantFacts("", None), set()),
    (party_policy.sign_out_person, None, KEEPERS),
]


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize(("act", "facts", "who"), WHO, ids=lambda value: getattr(value, "name", ""))
def test_an_act_is_for_those_it_is_for(act: Act[Any], facts: Any, who: set[str], persona: str) -> None:
    verdict = act.verdict(PERSONAS[persona], facts, NOW)

    assert verdict.code == (None if persona in who else Code.FORBIDDEN)


@pytest.mark.parametrize(("act", "facts", "who"), WHO, ids=lambda value: getattr(value, "name", ""))
def test_nobody_acts_without_signing_in(act: Act[Any], facts: Any, who: set[str]) -> None:
    assert act.verdict(ANONYMOUS, facts, NOW).code == Code.UNAUTHENTICATED
    assert act.verdict(Actor("PER", name="Name"), facts, NOW).code == Code.NOT_ACCREDITED


@pytest.mark.parametrize(("act", "facts", "who"), WHO, ids=lambda value: getattr(value, "name", ""))
def test_an_application_that_only_reads_and_comments_does_none_of_it(act: Act[Any], facts: Any, who: set[str]) -> None:
    for persona in who:
        actor = PERSONAS[persona]
        limited = Actor(
            actor.person_id,
            actor.delegate_id,
            actor.name,
            actor.party_id,
            capacity=actor.capacity,
            is_focal_point=actor.is_focal_point,
            is_administrator=actor.is_administrator,
            representation_id=actor.representation_id,
            leads=actor.leads,
            scopes=frozenset({Scope.READ, Scope.COMMENT}),
        )
        assert act.verdict(limited, facts, NOW).code == Code.SCOPE_MISSING


@pytest.mark.parametrize(
    ("act", "facts", "code"),
    [
        (policy.correct_application, ACCOUNT, Code.WRONG_STATE),
        (policy.retire_application, ACCOUNT, Code.WRONG_STATE),
        (party_policy.close_service_account, PROGRAM, Code.WRONG_STATE),
        (policy.correct_application, PROGRAM._replace(retired_at=NOW), Code.WRONG_STATE),
        (policy.retire_application, PROGRAM._replace(retired_at=NOW), Code.WRONG_STATE),
        (policy.rotate_application_secret, PROGRAM._replace(retired_at=NOW), Code.WRONG_STATE),
        (policy.rotate_application_secret, PROGRAM._replace(kind=ApplicationKind.NATIVE), Code.WRONG_STATE),
        (party_policy.close_service_account, ACCOUNT._replace(retired_at=NOW), Code.WRONG_STATE),
        (policy.revoke_grant, GrantFacts("PER", NOW), Code.ALREADY_DONE),
    ],
)
def test_an_act_is_possible_on_what_it_is_for(act: Act[Any], facts: Any, code: Code) -> None:
    assert act.verdict(PERSONAS["secretariat"], facts, NOW).code == code


def test_every_persona_has_every_scope() -> None:
    assert {actor.scopes for actor in PERSONAS.values()} == {EVERY_SCOPE}
