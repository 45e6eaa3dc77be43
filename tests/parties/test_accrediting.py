"""The rules of what is dated, invited, handed over and released: every side of every day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.domain.parties.rules.accrediting import (
    Invited,
    check_administrator,
    check_evidence,
    check_focal_days,
    check_hand_over,
    check_invited,
    check_reason,
    check_release,
    check_within,
    check_zone,
    invitation_is_open,
    is_a_delegate,
    is_appointed,
    is_focal_point,
    is_suspended,
    is_welcome,
    not_appointed,
    takes_part,
    while_accredited,
)
from server.domain.parties.rules.dates import check_days, check_last_day, has_ended
from server.domain.parties.rules.facts import (
    DelegateFacts,
    InvitationFacts,
    PartyFacts,
    PersonFacts,
    RepresentationFacts,
)
from server.kernel.actor import Capacity
from server.kernel.addresses import is_email
from server.kernel.refusals import RefusalCode as Code
from server.vocabulary.parties import PartyKind

NOW = datetime(2018, 9, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
START, END = date(2018, 1, 1), date(2018, 12, 31)
DELEGATE = DelegateFacts("DEL", "PER", "PTY", False, False, START, END, None, None, None)
INVITATION = InvitationFacts("PTY", END, NOW + 14 * DAY, None, None)


def paths(issues: list[object]) -> list[str]:
    """The fields at fault."""
    return [issue.path for issue in issues]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("ends_on", "ended_at", "over"),
    [(None, None, False), (TODAY, None, False), (TODAY - DAY, None, True), (None, NOW, True), (END, NOW, True)],
)
def test_has_ended(ends_on: date | None, ended_at: datetime | None, over: bool) -> None:
    facts = RepresentationFacts("A", "B", START, ends_on, ended_at)

    obstacle = while_accredited(DELEGATE._replace(ends_on=ends_on, ended_at=ended_at), NOW)

    assert has_ended(facts, TODAY) == over
    assert (obstacle and obstacle.code) == (Code.WRONG_STATE if over else None)


@pytest.mark.parametrize(("ends_on", "found"), [(None, []), (START, []), (START - DAY, ["endsOn"])])
def test_check_days(ends_on: date | None, found: list[str]) -> None:
    assert paths(check_days(START, ends_on)) == found


@pytest.mark.parametrize(
    ("starts_on", "current", "ends_on", "found"),
    [
        (START, None, None, []),
        (START, None, TODAY, []),
        (START, None, TODAY - DAY, ["endsOn"]),
        (START, END, END - DAY, []),
        (START, END, END, ["endsOn"]),
        (TODAY + DAY, None, TODAY, ["endsOn"]),
        (TODAY + DAY, None, TODAY + DAY, []),
    ],
)
def test_check_last_day(starts_on: date, current: date | None, ends_on: date | None, found: list[str]) -> None:
    assert paths(check_last_day(DELEGATE._replace(starts_on=starts_on, ends_on=current), ends_on, TODAY)) == found


@pytest.mark.parametrize(
    ("begins", "until", "ended_at", "focal", "appointed"),
    [
        (None, None, None, False, False),
        (TODAY, None, None, True, True),
        (TODAY + DAY, None, None, False, True),
        (START, TODAY, None, True, True),
        (START, TODAY - DAY, None, False, False),
        (START, None, NOW, False, True),
    ],
)
def test_focal_point(
    begins: date | None, until: date | None, ended_at: datetime | None, focal: bool, appointed: bool
) -> None:
    facts = DELEGATE._replace(focal_point_from=begins, focal_point_until=until, ended_at=ended_at)

    assert is_focal_point(facts, TODAY) == focal
    assert (is_appointed(facts, NOW) is None) == appointed
    assert (not_appointed(facts, NOW) is None) == (not appointed)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"ends_on": None}, None),
        ({"ends_on": TODAY}, None),
        ({"ends_on": TODAY - DAY}, Code.WRONG_STATE),
        ({"expires_at": NOW + timedelta(microseconds=1)}, None),
        ({"expires_at": NOW}, Code.WRONG_STATE),
        ({"accepted_at": NOW}, Code.ALREADY_DONE),
        ({"withdrawn_at": NOW}, Code.ALREADY_DONE),
    ],
)
def test_invitation_is_open(changed: dict[str, object], code: Code | None) -> None:
    obstacle = invitation_is_open(INVITATION._replace(**changed), NOW)  # type: ignore[arg-type]

    assert (obstacle and obstacle.code) == code


def test_administrators_have_no_seat() -> None:
    assert is_a_delegate(DELEGATE, NOW) is None
    obstacle = is_a_delegate(DELEGATE._replace(is_administrator=True), NOW)
    assert obstacle is not None
    assert obstacle.code == Code.WRONG_STATE


def test_persons_are_suspended_or_are_not() -> None:
    codes = [
        [(obstacle := rule(PersonFacts("PER", at), NOW)) and obstacle.code for rule in (is_welcome, is_suspended)]
        for at in (None, NOW)
    ]

    assert codes == [[None, Code.WRONG_STATE], [Code.ALREADY_DONE, None]]


@pytest.mark.parametrize("capacity", Capacity)
def test_nobody_represents_the_secretariat(capacity: Capacity) -> None:
    obstacle = takes_part(PartyFacts(PartyKind.ACADEMIC, capacity), NOW)

    assert (obstacle and obstacle.code) == (Code.WRONG_STATE if capacity == Capacity.SECRETARIAT else None)


@pytest.mark.parametrize(
    ("email", "good"),
    [
        ("a@b", True),
        ("first.last+tag@sub.example.org", True),
        ("o" * 242 + "@example.org", True),
        ("o" * 243 + "@example.org", False),
        ("a@b\nBcc: c@d", False),
        ("a@b\r", False),
        ("a@b,c@d", False),
        ("<a@b>", False),
        ('"a b"@c', False),
        ("é@example.org", False),
        ("a@exämple.org", False),
        ("a@-b", False),
        ("@b", False),
        ("a@", False),
        ("a\0@b", False),
    ],
)
def test_is_address(email: str, good: bool) -> None:
    assert is_email(email) == good


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"ends_on": TODAY}, []),
        ({"starts_on": TODAY - DAY}, ["startsOn"]),
        ({"starts_on": TODAY + DAY, "ends_on": TODAY}, ["endsOn"]),
        ({"name": " ", "email": "nobody"}, ["email", "name"]),
        ({"name": "A\nB"}, ["name"]),
    ],
)
def test_check_invited(changed: dict[str, object], found: list[str]) -> None:
    invited = Invited("New", "new@example.org", False, TODAY)._replace(**changed)  # type: ignore[arg-type]

    assert paths(check_invited(invited, TODAY)) == found


@pytest.mark.parametrize(
    ("is_administrator", "is_focal", "capacity", "found"),
    [
        (False, True, Capacity.MEMBER, []),
        (True, False, Capacity.SECRETARIAT, []),
        (True, False, Capacity.MEMBER, ["isAdministrator"]),
        (True, True, Capacity.SECRETARIAT, ["isFocalPoint"]),
    ],
)
def test_check_administrator(is_administrator: bool, is_focal: bool, capacity: Capacity, found: list[str]) -> None:
    invited = Invited("New", "new@example.org", is_focal, TODAY, is_administrator=is_administrator)

    assert paths(check_administrator(invited, capacity)) == found


@pytest.mark.parametrize(
    ("ends_on", "own_end", "found"),
    [(None, None, []), (END, None, []), (END, END, []), (None, END, ["endsOn"]), (END + DAY, END, ["endsOn"])],
)
def test_check_within(ends_on: date | None, own_end: date | None, found: list[str]) -> None:
    assert paths(check_within(ends_on, own_end)) == found


@pytest.mark.parametrize(
    ("starts_on", "on", "found"),
    [
        (START, TODAY, []),
        (START, TODAY - DAY, ["startsOn"]),
        (START, END, []),
        (START, END + DAY, ["startsOn"]),
        (TODAY + DAY, TODAY, ["startsOn"]),
        (TODAY + DAY, TODAY + DAY, []),
    ],
)
def test_check_hand_over(starts_on: date, on: date, found: list[str]) -> None:
    assert paths(check_hand_over(DELEGATE._replace(starts_on=starts_on), on, TODAY)) == found


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "found"),
    [
        (TODAY, None, []),
        (TODAY, END, []),
        (TODAY - DAY, None, ["startsOn"]),
        (TODAY, END + DAY, ["endsOn"]),
        (END + DAY, None, ["startsOn"]),
        (TODAY + DAY, TODAY, ["endsOn"]),
    ],
)
def test_check_focal_days(starts_on: date, ends_on: date | None, found: list[str]) -> None:
    assert paths(check_focal_days(DELEGATE, starts_on, ends_on, TODAY)) == found


@pytest.mark.parametrize(
    ("begins", "until", "ends_on", "found"),
    [
        (START, None, None, []),
        (START, None, TODAY, []),
        (START, None, TODAY - DAY, ["endsOn"]),
        (TODAY + DAY, None, TODAY, ["endsOn"]),
        (START, END, END, ["endsOn"]),
        (START, END, END - DAY, []),
    ],
)
def test_check_release(begins: date, until: date | None, ends_on: date | None, found: list[str]) -> None:
    facts = DELEGATE._replace(focal_point_from=begins, focal_point_until=until)

    assert paths(check_release(facts, ends_on, TODAY)) == found


def test_reasons_evidence_and_zones_are_within_limits() -> None:
    assert [paths(check_reason(words)) for words in ("So.", " ", "x" * 2_000, "x" * 2_001)] == [
        [],
        ["reason"],
        [],
        ["reason"],
    ]
    assert [paths(check_evidence(words)) for words in ("Note 1", "", "x" * 400, "x" * 401)] == [
        [],
        ["evidence"],
        [],
        ["evidence"],
    ]
    zones = ("Europe/Brussels", "UTC", "", "Mars/Base", "../etc/passwd", "/etc/localtime")
    assert [paths(check_zone(zone)) for zone in zones] == [[], [], *[["zone"]] * 4]
