"""Who may admit and correct parties: every act, every capacity."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.access.actor import ANONYMOUS, Actor, Capacity
from server.acts import Act
from server.parties import policy
from server.parties.rules import PartyFacts, PartyKind
from server.refusals import RefusalCode

NOW = datetime(2018, 9, 24, tzinfo=UTC)
FACTS = PartyFacts(PartyKind.ACADEMIC, Capacity.OBSERVER)


@pytest.mark.parametrize("act", policy.ACTS, ids=lambda act: act.name)
@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("is_focal_point", [True, False])
def test_parties_are_kept_by_the_secretariat(act: Act[Any], capacity: Capacity, is_focal_point: bool) -> None:
    actor = Actor(delegate_id="DEL", party_id="PTY", capacity=capacity, is_focal_point=is_focal_point)

    verdict = act.verdict(actor, FACTS, NOW)

    assert verdict.code == (None if capacity == Capacity.SECRETARIAT else RefusalCode.FORBIDDEN)


@pytest.mark.parametrize("act", policy.ACTS, ids=lambda act: act.name)
def test_nobody_acts_without_signing_in(act: Act[Any]) -> None:
    assert act.verdict(ANONYMOUS, FACTS, NOW).code == RefusalCode.UNAUTHENTICATED
