"""Refusals: the one expected exception."""

from datetime import UTC, datetime

import pytest

from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import (
    Refusal,
    RefusalCode,
    RefusalKind,
    ensure_current,
    ensure_well_formed,
    invalid,
    not_found,
)

LATER = datetime(2018, 10, 1, 9, 0, tzinfo=UTC)


def test_refusal_keeps_what_it_was_given() -> None:
    issue = Issue("title", IssueCode.EMPTY)

    refusal = Refusal(
        RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, "Wait.", issues=(issue,), rule="A rule.", unlocks_at=LATER
    )

    assert (refusal.kind, refusal.code, refusal.message, str(refusal)) == (
        *(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE),
        *("Wait.", "Wait."),
    )
    assert (refusal.issues, refusal.rule, refusal.unlocks_at) == ((issue,), "A rule.", LATER)


def test_refusal_without_more_has_no_issues_rule_or_instant() -> None:
    refusal = Refusal(RefusalKind.STALE, RefusalCode.STALE_REVISION, "Read again.")

    assert (refusal.issues, refusal.rule, refusal.unlocks_at) == ((), "", None)


def test_not_found_uses_the_same_words_for_missing_and_hidden() -> None:
    refusal = not_found("comment")

    assert (refusal.kind, refusal.code) == (RefusalKind.NOT_FOUND, RefusalCode.NOT_FOUND)
    assert refusal.message == "There is no such comment for you."


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (1, "Please correct a1: wrong."),
        (3, "Please correct a1: wrong; a2: wrong; a3: wrong."),
        (4, "Please correct a1: wrong; a2: wrong; a3: wrong (and 1 more)."),
        (12, "Please correct a1: wrong; a2: wrong; a3: wrong (and 9 more)."),
    ],
)
def test_invalid_names_three_faults_in_words_and_all_as_issues(count: int, message: str) -> None:
    issues = [Issue(f"a{number}", IssueCode.UNFIT, why="wrong") for number in range(1, count + 1)]

    refusal = invalid(*issues)

    assert (refusal.kind, refusal.code, refusal.message) == (RefusalKind.INVALID, RefusalCode.INVALID, message)
    assert refusal.issues == tuple(issues)


def test_invalid_with_a_code_keeps_it() -> None:
    refusal = invalid(Issue("reason", IssueCode.REASON_MISSING), code=RefusalCode.REASON_REQUIRED)

    assert (refusal.kind, refusal.code) == (RefusalKind.INVALID, RefusalCode.REASON_REQUIRED)


def test_ensure_well_formed_refuses_with_every_issue() -> None:
    issues = [Issue("title", IssueCode.EMPTY), Issue("zone", IssueCode.ZONE_UNKNOWN)]

    with pytest.raises(Refusal) as refused:
        ensure_well_formed(issues)

    assert (refused.value.code, refused.value.issues) == (RefusalCode.INVALID, tuple(issues))
    assert ensure_well_formed([]) is None


@pytest.mark.parametrize(("expected", "current"), [(1, 2), (2, 1), (0, 1), (-1, 1)])
def test_ensure_current_with_another_version_is_stale(expected: int, current: int) -> None:
    with pytest.raises(Refusal) as refused:
        ensure_current("round", "RND_1", expected=expected, current=current)

    assert (refused.value.kind, refused.value.code) == (RefusalKind.STALE, RefusalCode.STALE_REVISION)
    assert (refused.value.subject_id, refused.value.is_retryable) == ("RND_1", True)
    assert refused.value.message == (
        f"This round is at revision {current}, you read revision {expected}. Read it again and decide anew."
    )


@pytest.mark.parametrize(
    ("kind", "code", "is_final", "is_retryable"),
    [
        (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, False, True),
        (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, True, False),
        (RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, False, False),
        (RefusalKind.STALE, RefusalCode.STALE_REVISION, False, True),
        (RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN, False, False),
    ],
)
def test_refusal_is_retryable_while_the_object_can_move_on(
    kind: RefusalKind, code: RefusalCode, *, is_final: bool, is_retryable: bool
) -> None:
    assert Refusal(kind, code, "No.", is_final=is_final).is_retryable == is_retryable


def test_ensure_current_with_the_same_version_does_nothing() -> None:
    assert ensure_current("round", "RND_1", expected=3, current=3) is None


def test_a_message_names_each_fault_once_and_ends_with_one_full_stop() -> None:
    unread = Issue("period", IssueCode.UNREADABLE, why="'soon' is not a period.")
    reversed_days = Issue("endsOn", IssueCode.DAYS_REVERSED)

    assert invalid(unread).message == "Please correct period: 'soon' is not a period."
    assert invalid(unread, reversed_days).message == (
        "Please correct period: 'soon' is not a period; endsOn: the last day must not come before the first."
    )
    assert invalid(reversed_days, Issue("endsOn", IssueCode.DAYS_REVERSED)).issues == (reversed_days,)
