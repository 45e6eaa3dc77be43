"""The terms of a round: offsets and clock changes, scope, limits, corrections. No database."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from server.domain.rounds.rules import late, terms
from server.domain.rounds.rules.checks import Content
from server.domain.rounds.rules.facts import CommentFacts, RoundFacts
from server.domain.rounds.rules.terms import RoundSettings, Terms
from server.domain.rounds.rules.window import (
    before_round_closed,
    phase_of,
    while_comments_are_taken,
    while_round_is_open,
    while_round_runs,
    while_unanswered,
)
from server.kernel.actor import Capacity
from server.kernel.issue_codes import IssueCode as Code
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.calling import LateStatus, RoundScope
from server.vocabulary.rounds import CommentStatus, CommentType, RoundPhase, RoundStatus, RoundVisibility

OPENS = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)
CLOSES = datetime(2018, 10, 12, 15, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
GOOD = Terms(
    "Comments",
    OPENS,
    CLOSES,
    "Europe/Brussels",
    RoundVisibility.IMMEDIATE,
    frozenset({Capacity.MEMBER}),
    RoundSettings(),
)


@pytest.mark.parametrize(
    ("announced", "issues"),
    [
        ("2018-10-12T17:00:00+02:00", []),
        ("2018-10-12T15:00:00+00:00", []),
        ("2018-10-12T17:00:00+01:00", [("OFFSET_UNFIT", ("+02:00",))]),
        ("2018-12-12T17:00:00+01:00", []),
        ("2018-12-12T17:00:00+02:00", [("OFFSET_UNFIT", ("+01:00",))]),
        ("2019-03-31T02:30:00+01:00", [("TIME_SKIPPED", None)]),
        ("2019-03-31T02:30:00+02:00", [("TIME_SKIPPED", None)]),
        ("2019-03-31T03:00:00+02:00", []),
        ("2019-03-31T01:59:59+01:00", []),
        ("2018-10-28T02:30:00+02:00", []),
        ("2018-10-28T02:30:00+01:00", []),
        ("2018-10-28T02:30:00+03:00", [("OFFSET_UNFIT", ("+02:00", "+01:00"))]),
        ("2018-10-28T03:00:00+02:00", [("OFFSET_UNFIT", ("+01:00",))]),
    ],
)
def test_check_offset_takes_the_offsets_that_brussels_has_at_both_clock_changes(announced: str, issues: Any) -> None:
    found = terms.check_offset("closesAt", datetime.fromisoformat(announced), "Europe/Brussels")

    assert [(each.code, each.parameters.get("offsets")) for each in found] == issues


@pytest.mark.parametrize(
    ("local", "offsets"),
    [
        ("2019-03-31T02:30:00", ()),
        ("2019-03-31T03:00:00", ("+02:00",)),
        ("2018-10-28T02:30:00", ("+02:00", "+01:00")),
        ("2018-10-28T03:00:00", ("+01:00",)),
    ],
)
def test_offsets_of_a_time_of_day_are_none_where_it_is_skipped_and_two_where_it_comes_twice(
    local: str, offsets: tuple[str, ...]
) -> None:
    assert terms.offsets_of(datetime.fromisoformat(local), "Europe/Brussels") == offsets


SETTINGS: dict[str, tuple[dict[str, Any], list[tuple[str, Code]]]] = {
    "nothing said": ({}, []),
    "changed since nothing": ({"scope": RoundScope.CHANGED}, [("settings.sinceVersionId", Code.SCOPE_UNFIT)]),
    "whole since a version": ({"since_version_id": "VER"}, [("settings.sinceVersionId", Code.SCOPE_UNFIT)]),
    "named without names": ({"scope": RoundScope.NAMED}, [("settings.provisionKeys", Code.SCOPE_UNFIT)]),
    "whole with names": ({"provision_keys": ("PRV",)}, [("settings.provisionKeys", Code.SCOPE_UNFIT)]),
    "no comments": ({"most_comments": 0}, [("settings.mostComments", Code.NUMBER_OUT_OF_RANGE)]),
    "one comment": ({"most_comments": 1}, []),
    "no characters": ({"most_characters": 0}, [("settings.mostCharacters", Code.NUMBER_OUT_OF_RANGE)]),
    "too many characters": ({"most_characters": 20_001}, [("settings.mostCharacters", Code.NUMBER_OUT_OF_RANGE)]),
    "reminders": ({"reminder_days": (14, 3, 1)}, []),
    "a reminder after the close": ({"reminder_days": (0,)}, [("settings.reminderDays", Code.NUMBER_OUT_OF_RANGE)]),
    "a reminder twice": ({"reminder_days": (3, 3)}, [("settings.reminderDays", Code.REPEATED)]),
    "six reminders": ({"reminder_days": (1, 2, 3, 4, 5, 6)}, [("settings.reminderDays", Code.TOO_MANY)]),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_check_terms_names_every_fault_of_the_settings(name: str) -> None:
    changed, issues = SETTINGS[name]

    found = terms.check_terms(GOOD._replace(settings=RoundSettings(**changed)), OPENS)

    assert [(each.path, each.code) for each in found] == issues


@pytest.mark.parametrize("code", ["R3", "TS2-1", "ABCDEFGH-123"])
def test_check_code_takes_what_a_paper_can_cite(code: str) -> None:
    assert terms.check_code(code) == []


@pytest.mark.parametrize("code", ["", "r3", "3R", "R 3", "R3-", "R3-1234", "ABCDEFGHI", "R3\n", "É1"])
def test_check_code_refuses_everything_else(code: str) -> None:
    assert terms.check_code(code) == [Issue("code", Code.CODE_MALFORMED)]


CORRECTIONS: dict[str, tuple[Terms, Terms, list[tuple[str, Code]]]] = {
    "nothing": (GOOD, GOOD, [("", Code.NOTHING_CHANGES)]),
    "title": (GOOD, GOOD._replace(title="Other"), []),
    "close": (GOOD, GOOD._replace(closes_at=CLOSES + TICK), [("closesAt", Code.FIXED_ONCE_OPEN)]),
    "seal": (
        GOOD,
        GOOD._replace(visibility=RoundVisibility.AFTER_CLOSE),
        [("visibility", Code.FIXED_ONCE_OPEN)],
    ),
    "audience": (
        GOOD,
        GOOD._replace(audience=frozenset({Capacity.OBSERVER})),
        [("audience", Code.FIXED_ONCE_OPEN)],
    ),
    "group": (
        GOOD,
        GOOD._replace(settings=RoundSettings(group_id="BOD")),
        [("settings.groupId", Code.FIXED_ONCE_OPEN)],
    ),
    "a limit where there was none": (
        GOOD,
        GOOD._replace(settings=RoundSettings(most_comments=3)),
        [("settings.mostComments", Code.ONLY_LOOSER)],
    ),
    "a higher limit": (
        GOOD._replace(settings=RoundSettings(most_comments=3)),
        GOOD._replace(settings=RoundSettings(most_comments=4)),
        [],
    ),
    "no limit any more": (GOOD._replace(settings=RoundSettings(most_characters=3)), GOOD, []),
    "one more type": (
        GOOD._replace(settings=RoundSettings(types=(CommentType.EDITORIAL,))),
        GOOD._replace(settings=RoundSettings(types=(CommentType.EDITORIAL, CommentType.LINGUISTIC))),
        [],
    ),
    "one type less": (
        GOOD,
        GOOD._replace(settings=RoundSettings(types=(CommentType.EDITORIAL,))),
        [("settings.types", Code.ONLY_LOOSER)],
    ),
    "reminders": (GOOD, GOOD._replace(settings=RoundSettings(reminder_days=(3,))), []),
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_check_correction_after_the_opening_takes_nothing_away(name: str) -> None:
    before, after, issues = CORRECTIONS[name]

    found = terms.check_correction(before, after, has_opened=True)

    assert [(each.path, each.code) for each in found] == issues


@pytest.mark.parametrize("name", CORRECTIONS)
def test_check_correction_before_the_opening_takes_every_change(name: str) -> None:
    before, after, _ = CORRECTIONS[name]

    assert terms.check_correction(before, after, has_opened=False) == (
        [Issue("", Code.NOTHING_CHANGES)] if before == after else []
    )


def test_keys_within_are_the_named_sections_with_everything_inside_them() -> None:
    parents = {"A": None, "A1": "A", "A1a": "A1", "B": None, "B1": "B"}

    assert terms.keys_within(("A1", "B1"), parents) == ("A1", "A1a", "B1")
    assert terms.keys_within(("A",), parents) == ("A", "A1", "A1a")


def test_keys_changed_are_those_that_are_new_or_say_something_else() -> None:
    assert terms.keys_changed({"A": "a", "B": "b", "C": "c"}, {"A": "a", "B": "other", "D": "d"}) == ("B", "D")


NARROW = SimpleNamespace(
    scope=RoundScope.NAMED, provision_keys=["A"], types=["EDITORIAL"], is_without_general=True, most_characters=10
)
CONTENTS: dict[str, tuple[dict[str, Any], str | None, list[tuple[str, Code]]]] = {
    "in its terms": ({}, "A", []),
    "outside the scope": ({}, "B", [("provisionId", Code.OUTSIDE_SCOPE)]),
    "of another type": ({"type": CommentType.QUESTION}, "A", [("type", Code.NOT_ONE_OF)]),
    "on the whole text": ({"provision_id": None}, None, [("provisionId", Code.GENERAL_NOT_TAKEN)]),
    "as long as it may be": ({"text": "x" * 6, "reason": "y" * 4}, "A", []),
    "one character too long": ({"text": "x" * 6, "reason": "y" * 5}, "A", [("text", Code.TOO_LONG)]),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_comment_is_held_against_the_terms_of_its_round(name: str) -> None:
    changed, key, issues = CONTENTS[name]
    content = Content(CommentType.EDITORIAL, "Words", "PVT")._replace(**changed)

    assert [(each.path, each.code) for each in terms.check_against_terms(content, key, NARROW)] == issues


def facts(status: RoundStatus = RoundStatus.CALLED, **changed: Any) -> RoundFacts:
    """A round for everyone."""
    return RoundFacts(status, "BOD", OPENS, CLOSES, True, True, True)._replace(**changed)


def comment(**changed: Any) -> CommentFacts:
    """A draft in such a round."""
    return CommentFacts(CommentStatus.DRAFT, "PTY", "BOD", RoundStatus.CALLED, OPENS, CLOSES)._replace(**changed)


UNTIL = CLOSES + timedelta(days=2)
TAKEN = {
    "in the window": (CLOSES - TICK, {}, None),
    "at the close": (CLOSES, {}, RefusalCode.ROUND_CLOSED),
    "admitted, at the close": (CLOSES, {"admitted_until": UNTIL}, None),
    "admitted, in the last microsecond": (UNTIL - TICK, {"admitted_until": UNTIL}, None),
    "admitted, at the end of the admission": (UNTIL, {"admitted_until": UNTIL}, RefusalCode.ROUND_CLOSED),
}


@pytest.mark.parametrize("when", TAKEN)
def test_comments_are_taken_in_the_window_and_by_admission_at_every_boundary(when: str) -> None:
    now, changed, code = TAKEN[when]

    found = (while_comments_are_taken(facts(**changed), now), while_comments_are_taken(comment(**changed), now))

    assert [each and each.code for each in found] == [code, code]


@pytest.mark.parametrize("status", sorted(set(RoundStatus) - {RoundStatus.CALLED, RoundStatus.PAUSED}))
def test_admission_ends_with_the_round(status: RoundStatus) -> None:
    assert while_comments_are_taken(facts(status, admitted_until=UNTIL), CLOSES) is not None
    assert late.while_late_comments_are_possible(facts(status), CLOSES) is not None


def test_sealed_round_admits_nobody_once_it_closed_and_says_why() -> None:
    sealed = facts(visibility=RoundVisibility.AFTER_CLOSE)

    found = late.while_late_comments_are_possible(sealed, CLOSES)

    assert found is not None
    assert (found.code, found.rule) == (RefusalCode.ROUND_CLOSED, late.SEALED_RULE)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"late_status": LateStatus.ASKED}, RefusalCode.ALREADY_DONE),
        ({"late_status": LateStatus.REFUSED}, None),
        ({"late_status": LateStatus.ADMITTED, "admitted_until": UNTIL}, RefusalCode.ALREADY_DONE),
        ({"late_status": LateStatus.ADMITTED, "admitted_until": CLOSES}, None),
    ],
)
def test_party_asks_again_once_it_was_answered_and_is_not_admitted(
    changed: dict[str, Any], code: RefusalCode | None
) -> None:
    found = late.while_nothing_is_asked(facts(**changed), CLOSES)

    assert (found and found.code) == code


PHASES = [
    (RoundStatus.CALLED, OPENS - TICK, None, RoundPhase.PLANNED),
    (RoundStatus.PAUSED, OPENS, None, RoundPhase.PAUSED),
    (RoundStatus.PAUSED, CLOSES - TICK, None, RoundPhase.PAUSED),
    (RoundStatus.PAUSED, CLOSES, None, RoundPhase.CLOSED),
    (RoundStatus.CALLED, CLOSES, OPENS, RoundPhase.IN_DISPOSITION),
    (RoundStatus.COMPLETED, CLOSES, OPENS, RoundPhase.COMPLETED),
    (RoundStatus.REPORTED, CLOSES, OPENS, RoundPhase.REPORTED),
    (RoundStatus.CANCELLED, CLOSES, OPENS, RoundPhase.CANCELLED),
]


@pytest.mark.parametrize(("status", "now", "answered", "phase"), PHASES)
def test_phase_of_a_round_by_what_people_and_the_calendar_decided(
    status: RoundStatus, now: datetime, answered: datetime | None, phase: RoundPhase
) -> None:
    assert phase_of(facts(status, answers_began_at=answered), now) is phase


def test_rules_of_the_acts_hold_in_every_phase() -> None:
    rules = (while_round_is_open, while_round_runs, before_round_closed, while_unanswered)

    table = {
        phase: "".join("." if rule(facts(status, answers_began_at=answered), now) else "x" for rule in rules)
        for status, now, answered, phase in [*PHASES, (RoundStatus.CALLED, OPENS, None, RoundPhase.OPEN)]
    }

    assert table == {
        RoundPhase.PLANNED: "..xx",
        RoundPhase.OPEN: "xxxx",
        RoundPhase.PAUSED: ".xxx",
        RoundPhase.CLOSED: "...x",
        RoundPhase.IN_DISPOSITION: "....",
        RoundPhase.COMPLETED: "...x",
        RoundPhase.REPORTED: "...x",
        RoundPhase.CANCELLED: "...x",
    }
