"""When silence can be broken, and what an objection says; no database."""

from datetime import timedelta

import pytest

from server.domain.silence import policy, rules
from server.domain.silence.rules import SilenceFacts, SilencePhaseFacts
from server.kernel.actor import Actor, Capacity
from server.kernel.refusals import RefusalCode
from server.vocabulary.silence import SilencePhase, SilenceStatus
from tests.factories.silence import EXPIRES, TEXT
from tests.factories.world import NOW

TICK = timedelta(microseconds=1)


def facts(status: SilenceStatus = SilenceStatus.OPENED, *, observers: bool = True) -> SilenceFacts:
    """Return the facts of a silence procedure of the PTC."""
    return SilenceFacts(status, "ptc", EXPIRES, "Europe/Brussels", observers, open_to_private_sector=False)


@pytest.mark.parametrize(
    ("now", "phase"),
    [(EXPIRES - TICK, SilencePhase.OPEN), (EXPIRES, SilencePhase.ADOPTED), (EXPIRES + TICK, SilencePhase.ADOPTED)],
)
def test_decision_exists_from_the_last_instant_on(now: object, phase: SilencePhase) -> None:
    known = SilencePhaseFacts(SilenceStatus.OPENED, EXPIRES)

    assert rules.phase_of(known, now) == phase  # type: ignore[arg-type]
    assert rules.decided_at(known, now) == (EXPIRES if phase == SilencePhase.ADOPTED else None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "phase"),
    [
        (SilenceStatus.BROKEN, SilencePhase.BROKEN),
        (SilenceStatus.RESTARTED, SilencePhase.RESTARTED),
        (SilenceStatus.REFERRED, SilencePhase.REFERRED),
        (SilenceStatus.CANCELLED, SilencePhase.CANCELLED),
        (SilenceStatus.RECORDED, SilencePhase.ADOPTED),
    ],
)
def test_what_people_did_stays_whatever_the_clock_says(status: SilenceStatus, phase: SilencePhase) -> None:
    for now in (NOW, EXPIRES + timedelta(days=900)):
        assert rules.phase_of(SilencePhaseFacts(status, EXPIRES), now) == phase


@pytest.mark.parametrize(
    ("capacity", "is_focal_point", "can_break", "can_speak"),
    [
        (Capacity.MEMBER, True, True, True),
        (Capacity.MEMBER, False, False, False),
        (Capacity.OBSERVER, True, False, True),
        (Capacity.PRIVATE_SECTOR, True, False, False),
        (Capacity.SECRETARIAT, True, False, False),
    ],
)
def test_members_break_silence_and_those_it_addresses_speak(
    capacity: Capacity, is_focal_point: bool, can_break: bool, can_speak: bool
) -> None:
    actor = Actor("p", "d", "n", "party", "Party", capacity, is_focal_point)

    assert policy.break_silence.verdict(actor, facts(), NOW).is_allowed is can_break
    assert policy.make_statement.verdict(actor, facts(), NOW).is_allowed is can_speak


@pytest.mark.parametrize("act", [policy.break_silence, policy.make_statement, policy.extend_silence])
def test_nothing_is_said_at_the_last_instant(act: object) -> None:
    who = Actor("p", "d", "n", "party", "Party", Capacity.MEMBER, is_focal_point=True, leads=frozenset({"ptc"}))

    assert act.verdict(who, facts(), EXPIRES - TICK).is_allowed  # type: ignore[attr-defined]
    verdict = act.verdict(who, facts(), EXPIRES)  # type: ignore[attr-defined]
    assert (verdict.code, verdict.reason_code) == (RefusalCode.WRONG_STATE, "SILENCE_EXPIRED")


def test_record_waits_for_the_last_instant_and_says_which() -> None:
    secretariat = Actor("p", "d", "n", "s", "Secretariat", Capacity.SECRETARIAT)

    verdict = policy.record_silence.verdict(secretariat, facts(), EXPIRES - TICK)
    assert (verdict.reason_code, verdict.unlocks_at) == ("SILENCE_RUNS", EXPIRES)
    assert policy.record_silence.verdict(secretariat, facts(), EXPIRES).is_allowed


@pytest.mark.parametrize(
    ("passage", "reason", "names", "has_version", "paths"),
    [
        ("flow charts", "Not ripe.", False, False, []),
        ("", "Not ripe.", True, True, []),
        ("", "Not ripe.", False, False, ["passage"]),
        ("other words", "Not ripe.", False, False, ["passage"]),
        ("flow charts", " ", False, False, ["reason"]),
        ("", "Not ripe.", False, True, ["provisionId"]),
        ("flow charts", "Not ripe.", True, False, ["provisionId"]),
        ("x" * 2_001, "Not ripe.", False, False, ["passage"]),
        ("", "", False, True, ["reason", "provisionId"]),
    ],
)
def test_objection_gives_a_reason_and_names_what_it_is_about(
    passage: str, reason: str, names: bool, has_version: bool, paths: list[str]
) -> None:
    issues = rules.check_objection(TEXT, passage, reason, names_provision=names, has_version=has_version)

    assert [issue.path for issue in issues] == paths
