"""Who may keep the table of parties, accredit, suspend and represent: every act, every sort of person."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.domain.parties import policy
from server.domain.parties.rules.facts import (
    AddressFacts,
    DelegateFacts,
    InvitationFacts,
    PartyFacts,
    PersonFacts,
    RepresentationFacts,
)
from server.domain.parties.rules.service_accounts import AccountOpeningFacts
from server.identity.applications.rules import ApplicationFacts
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act
from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope
from server.vocabulary.applications import ApplicationKind
from server.vocabulary.parties import PartyKind

NOW = datetime(2018, 9, 24, tzinfo=UTC)
DAY = date(2018, 1, 1)
PARTY = PartyFacts(PartyKind.ACADEMIC, Capacity.OBSERVER, "own")
PLAIN = DelegateFacts("DEL_own", "PER_own", "own", False, False, DAY, None, None, None, None)
FOCAL = PLAIN._replace(focal_point_from=DAY)
PERSON = PersonFacts("PER_own", None)
SUSPENDED = PersonFacts("PER_own", NOW)
INVITATION = InvitationFacts("own", None, NOW.replace(year=2019), None, None)
MANDATE = RepresentationFacts("own", "other", DAY, None, None)

POSSIBLE: dict[str, Any] = {
    "admit_party": None,
    "admit_known_parties": None,
    "import_participants": None,
    "correct_party": PARTY,
    "invite_delegate": PARTY,
    "grant_representation": PARTY,
    "hand_over_seat": FOCAL,
    "end_accreditation": FOCAL,
    "appoint_focal_point": PLAIN,
    "release_focal_point": FOCAL,
    "withdraw_invitation": INVITATION,
    "correct_profile": PERSON,
    "correct_person": PERSON,
    "suspend_person": PERSON,
    "restore_person": SUSPENDED,
    "end_representation": MANDATE,
    "open_service_account": AccountOpeningFacts("own"),
    "close_service_account": ApplicationFacts(ApplicationKind.SERVICE, None, "own"),
    "sign_out_person": None,
}
"""Facts with which each act is possible; the object is of the party "own" and the person "PER_own"."""

OWN_DELEGATE = Actor("PER_1", "DEL_1", party_id="own", capacity=Capacity.OBSERVER)
OFFICER = Actor("PER_2", "DEL_2", party_id="secretariat", capacity=Capacity.SECRETARIAT)
PEOPLE = {
    "nobody": ANONYMOUS,
    "own delegate": OWN_DELEGATE,
    "own focal point": Actor("PER_1", "DEL_1", party_id="own", capacity=Capacity.OBSERVER, is_focal_point=True),
    "themself": Actor("PER_own", "DEL_own", party_id="own", capacity=Capacity.OBSERVER),
    "themself for another": Actor("PER_own", "DEL_x", party_id="third", capacity=Capacity.OBSERVER),
    "representative": Actor(
        "PER_3", "DEL_3", party_id="own", capacity=Capacity.OBSERVER, is_focal_point=True, representation_id="REP_1"
    ),
    "other focal point": Actor("PER_3", "DEL_3", party_id="other", capacity=Capacity.MEMBER, is_focal_point=True),
    "third focal point": Actor(
        "PER_4", "DEL_4", party_id="third", capacity=Capacity.PRIVATE_SECTOR, is_focal_point=True
    ),
    "officer": OFFICER,
    "administrator": Actor(
        "PER_5", "DEL_5", party_id="secretariat", capacity=Capacity.SECRETARIAT, is_administrator=True
    ),
    "unchosen": Actor("PER_1"),
}
ALLOWED = {
    "admit_party": {"officer"},
    "admit_known_parties": {"officer"},
    "import_participants": {"officer"},
    "correct_party": {"officer"},
    "invite_delegate": {"own focal point", "officer"},
    "grant_representation": {"own focal point", "officer"},
    "hand_over_seat": {"own focal point", "officer"},
    "end_accreditation": {"own focal point", "themself", "officer"},
    "appoint_focal_point": {"own focal point", "officer"},
    "release_focal_point": {"own focal point", "officer"},
    "withdraw_invitation": {"own focal point", "officer"},
    "correct_profile": {"themself", "themself for another"},
    "correct_person": {"themself", "themself for another", "officer", "administrator"},
    "suspend_person": {"officer", "administrator"},
    "restore_person": {"officer"},
    "end_representation": {"own focal point", "other focal point", "officer"},
    "open_service_account": {"own focal point", "officer"},
    "close_service_account": {"own focal point", "officer", "administrator"},
    "sign_out_person": {"officer", "administrator"},
}


@pytest.mark.parametrize("act", policy.ACTS, ids=lambda act: act.name)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_act_is_for_whom_the_table_says(act: Act[Any], who: str) -> None:
    verdict = act.verdict(PEOPLE[who], POSSIBLE[act.name], NOW)

    barred = {"nobody": RefusalCode.UNAUTHENTICATED, "unchosen": RefusalCode.NOT_ACCREDITED}
    expected = None if who in ALLOWED[act.name] else barred.get(who, RefusalCode.FORBIDDEN)
    assert (verdict.is_allowed, verdict.code) == (expected is None, expected)


def test_nobody_suspends_themself() -> None:
    for who in ("officer", "administrator"):
        actor = PEOPLE[who]
        verdict = policy.suspend_person.verdict(actor, PersonFacts(actor.person_id, None), NOW)
        assert verdict.code == RefusalCode.FORBIDDEN


def test_technical_administrators_leave_and_update_their_profile_but_touch_nobody_else() -> None:
    administrator = PEOPLE["administrator"]
    own = DelegateFacts("DEL_5", "PER_5", "secretariat", True, False, DAY, None, None, None, None)

    assert policy.end_accreditation.verdict(administrator, own, NOW).code is None
    assert policy.end_accreditation.verdict(administrator, PLAIN, NOW).code == RefusalCode.FORBIDDEN
    assert policy.correct_profile.verdict(administrator, PersonFacts("PER_5", None), NOW).code is None


@pytest.mark.parametrize(
    ("act", "who", "scope"),
    [
        ("invite_delegate", "own focal point", Scope.WRITE),
        ("admit_party", "officer", Scope.SECRETARIAT),
        ("suspend_person", "officer", Scope.SECRETARIAT),
        ("suspend_person", "administrator", Scope.ADMINISTER),
        ("restore_person", "officer", Scope.SECRETARIAT),
        ("correct_profile", "themself", Scope.WRITE),
    ],
)
def test_an_application_needs_the_scope(act: str, who: str, scope: Scope) -> None:
    found: Act[Any] = next(each for each in policy.ACTS if each.name == act)

    codes = {
        given: found.verdict(replace(PEOPLE[who], scopes=frozenset({given})), POSSIBLE[act], NOW).code
        for given in Scope
    }

    assert codes == {given: None if given == scope else RefusalCode.SCOPE_MISSING for given in Scope}


@pytest.mark.parametrize(
    ("who", "of_person", "of_delegate"),
    [
        ("nobody", False, False),
        ("own delegate", False, False),
        ("own focal point", False, True),
        ("themself", True, True),
        ("representative", False, False),
        ("other focal point", False, False),
        ("officer", True, True),
        ("administrator", True, True),
    ],
)
def test_an_address_is_seen_by_few(who: str, of_person: bool, of_delegate: bool) -> None:
    facts = AddressFacts("PER_own", "own", "own@example.org")

    seen = (policy.sees_account(PEOPLE[who], facts), policy.sees_address(PEOPLE[who], facts))

    assert seen == (of_person, of_delegate)


def test_an_address_is_not_seen_through_a_program_that_may_not_read() -> None:
    facts = AddressFacts("PER_own", "own", "own@example.org")
    narrow = Actor("PER_2", "DEL_2", party_id="s", capacity=Capacity.SECRETARIAT, scopes=frozenset({Scope.ADMINISTER}))
    technician = Actor("PER_5", "DEL_5", capacity=Capacity.SECRETARIAT, is_administrator=True, scopes=frozenset())

    assert [policy.sees_account(actor, facts) for actor in (narrow, technician)] == [False, False]


def test_internal_acts_are_no_acts_of_the_api() -> None:
    assert not {act.name for act in policy.INTERNAL} & {act.name for act in policy.ACTS}
