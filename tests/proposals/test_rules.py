"""The life of a proposal, the approval path and what is well-formed. No database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from server.domain.proposals.rules.contents import (
    AmendmentContent,
    NumberedWords,
    ProposalContent,
    check_amendment,
    check_cycle,
    check_proposal,
    check_view,
    without_labels,
)
from server.domain.proposals.rules.life import (
    CoSponsorFacts,
    DraftingFacts,
    ProposalFacts,
    awaited_body,
    carries,
    conclusion_of,
    cycle_is_open,
    next_body_of,
    not_yet_confirmed,
    out_of_turn,
    status_after,
    version_is_issued,
    while_cycle_is_open,
)
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.bodies import BodyKind, Outcome
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE, AmendmentKind, GroupView, ProposalStatus
from server.vocabulary.texts import UnitKind, VersionStatus

S, K, V, O = ProposalStatus, AmendmentKind, GroupView, Outcome  # noqa: E741
PTC, PC, COUNCIL = BodyKind.TECHNICAL_COMMITTEE, BodyKind.POLICY_COMMISSION, BodyKind.COUNCIL
PATH = [PTC.value, PC.value, COUNCIL.value]
STANDING = {
    "PRV_1": NumberedWords("", "Scope"),
    "PRV_2": NumberedWords("2.", "Data should be exchanged."),
}
NOW = datetime(2018, 9, 24, 9, 0, tzinfo=UTC)


def facts(**changed: Any) -> ProposalFacts:
    """A proposal that the group agreed to and that no body has decided on."""
    agreed = ProposalFacts(S.AGREED, "PTY_1", "BOD_1", date(2018, 9, 1), date(2018, 9, 30), PATH, [])
    return agreed._replace(**changed)


def test_lifecycle_reaches_every_status_and_leaves_all_but_the_finals() -> None:
    reached, leaving = {PROPOSAL_LIFECYCLE.initial}, set()
    for row in PROPOSAL_LIFECYCLE.rows:
        reached |= set(row.targets)
        leaving |= row.sources

    assert reached == set(S)
    assert leaving == set(S) - PROPOSAL_LIFECYCLE.finals


@pytest.mark.parametrize(
    ("views", "status"),
    [
        ([V.AGREED], S.AGREED),
        ([V.NOT_AGREED], S.NOT_AGREED),
        ([V.DEFERRED], S.DEFERRED),
        ([V.AGREED, V.NOT_AGREED], S.AGREED),
        ([V.DEFERRED, V.AGREED], S.AGREED),
        ([V.NOT_AGREED, V.DEFERRED], S.DEFERRED),
        ([V.NOT_AGREED, V.DEFERRED, V.AGREED], S.AGREED),
        ([V.NOT_AGREED, V.NOT_AGREED], S.NOT_AGREED),
    ],
)
def test_conclusion_of_views(views: list[V], status: S) -> None:
    assert conclusion_of(views) == status


@pytest.mark.parametrize(
    ("path", "carried_by", "turn"),
    [
        (PATH, [], PTC),
        (PATH, [PTC], PC),
        (PATH, [PTC, PC], COUNCIL),
        (PATH, [PTC, PC, COUNCIL], None),
        (PATH, [PC], PTC),
        ([COUNCIL.value], [], COUNCIL),
        ([], [], None),
    ],
)
def test_next_body_of_a_path(path: list[str], carried_by: list[str], turn: BodyKind | None) -> None:
    assert next_body_of(path, carried_by) == turn


STATUS_AFTER = {
    O.NOTED: (S.AGREED, S.AGREED, S.AGREED),
    O.GUIDANCE: (S.AGREED, S.AGREED, S.AGREED),
    O.ENDORSED: (S.AGREED, S.AGREED, S.AGREED),
    O.APPROVED: (S.AGREED, S.AGREED, S.APPROVED),
    O.ADOPTED: (S.AGREED, S.AGREED, S.APPROVED),
    O.DEFERRED: (S.DEFERRED, S.DEFERRED, S.DEFERRED),
    O.REFERRED: (S.DEFERRED, S.DEFERRED, S.DEFERRED),
    O.RETURNED: (S.UNDER_CONSIDERATION, S.UNDER_CONSIDERATION, S.UNDER_CONSIDERATION),
}
CARRIED = {
    O.ENDORSED: (True, True, False),
    O.APPROVED: (True, True, True),
    O.ADOPTED: (True, True, True),
}


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("step", [0, 1, 2])
def test_status_after_every_outcome_at_every_step(outcome: Outcome, step: int) -> None:
    body = BodyKind(PATH[step])

    assert status_after(outcome, body, PATH) == STATUS_AFTER[outcome][step]
    assert carries(outcome, body, PATH) == CARRIED.get(outcome, (False, False, False))[step]


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("step", [0, 1, 2])
def test_status_after_is_a_move_that_the_lifecycle_has(outcome: Outcome, step: int) -> None:
    towards = status_after(outcome, BodyKind(PATH[step]), PATH)

    assert PROPOSAL_LIFECYCLE.target("decide_proposal", S.AGREED, towards) == towards


@pytest.mark.parametrize("status", ProposalStatus)
def test_awaited_body_only_while_the_bodies_decide(status: ProposalStatus) -> None:
    expected = PC if status == S.AGREED else None

    assert awaited_body(facts(status=status, carried_by=[PTC.value])) == expected


@pytest.mark.parametrize("body", BodyKind)
def test_out_of_turn_names_whose_turn_it_is(body: BodyKind) -> None:
    obstacle = out_of_turn(facts(carried_by=[PTC.value]), body)

    if body == PC:
        assert obstacle is None
    else:
        assert obstacle is not None
        assert obstacle.code == RefusalCode.WRONG_STATE
        assert obstacle.message == f"It is the turn of a POLICY_COMMISSION; this sitting is of a {body}."
        assert obstacle.rule.endswith(": TECHNICAL_COMMITTEE, POLICY_COMMISSION, COUNCIL.")


def test_out_of_turn_when_the_mechanism_has_no_path() -> None:
    obstacle = out_of_turn(facts(approval_path=[]), PTC)

    assert obstacle is not None
    assert obstacle.message == "No body is left to decide; this sitting is of a TECHNICAL_COMMITTEE."


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "is_open"),
    [
        (date(2018, 9, 24), date(2018, 9, 24), True),
        (date(2018, 9, 24), None, True),
        (date(2018, 9, 25), None, False),
        (date(2018, 9, 1), date(2018, 9, 23), False),
        (date(2018, 9, 1), date(2018, 9, 24), True),
    ],
)
def test_cycle_is_open_on_its_first_and_last_day(opens_on: date, closes_on: date | None, is_open: bool) -> None:
    assert cycle_is_open(opens_on, closes_on, NOW.date()) == is_open
    assert (while_cycle_is_open(facts(opens_on=opens_on, closes_on=closes_on), NOW) is None) == is_open


def test_while_cycle_is_open_says_from_when_and_until_when() -> None:
    early = while_cycle_is_open(facts(), datetime(2018, 8, 31, 21, 59, 59, tzinfo=UTC))
    late = while_cycle_is_open(facts(), datetime(2018, 9, 30, 22, tzinfo=UTC))
    opens_at = datetime(2018, 8, 31, 22, tzinfo=UTC)

    assert early is not None and late is not None  # noqa: PT018
    assert (early.message, early.unlocks_at) == ("The review cycle opens on 1 September 2018.", opens_at)
    assert (late.message, late.unlocks_at) == ("The review cycle closed on 30 September 2018.", None)


@pytest.mark.parametrize("status", VersionStatus)
def test_version_is_issued(status: VersionStatus) -> None:
    assert (version_is_issued(DraftingFacts(status), NOW) is None) == (status == VersionStatus.ISSUED)


def test_not_yet_confirmed_is_asked_once() -> None:
    waiting = CoSponsorFacts(S.DRAFT, "PTY_2", None)
    done = not_yet_confirmed(waiting._replace(confirmed_at=NOW), NOW)

    assert not_yet_confirmed(waiting, NOW) is None
    assert done is not None
    assert done.code == RefusalCode.ALREADY_DONE


@pytest.mark.parametrize(
    ("amendment", "paths"),
    [
        (AmendmentContent(K.ADD, "PRV_1", None, "New."), []),
        (AmendmentContent(K.ADD, None, None, "New."), []),
        (AmendmentContent(K.ADD, "PRV_1"), ["wording"]),
        (AmendmentContent(K.ADD, "PRV_1", None, " "), ["wording"]),
        (AmendmentContent(K.ADD, "PRV_9", None, "New."), ["provisionKey"]),
        (AmendmentContent(K.ADD, "PRV_1", "PRV_2", "New."), ["afterKey"]),
        (AmendmentContent(K.MODIFY, "PRV_2", None, "Data shall be exchanged."), []),
        (AmendmentContent(K.MODIFY, "PRV_2", None, "Data should be exchanged. "), ["wording"]),
        (AmendmentContent(K.MODIFY, "PRV_2", None, "Data  should\nbe exchanged."), ["wording"]),
        (AmendmentContent(K.MODIFY, "PRV_2", None, ""), ["wording"]),
        (AmendmentContent(K.MODIFY, "PRV_2"), ["wording"]),
        (AmendmentContent(K.MODIFY, "PRV_2", None, "x" * 20_001), ["wording"]),
        (AmendmentContent(K.MODIFY, None, None, "Words."), ["provisionKey"]),
        (AmendmentContent(K.MODIFY, "PRV_9", None, "Words."), ["provisionKey"]),
        (AmendmentContent(K.MODIFY, "PRV_9", None, " "), ["provisionKey", "wording"]),
        (AmendmentContent(K.DELETE, "PRV_2"), []),
        (AmendmentContent(K.DELETE), ["provisionKey"]),
        (AmendmentContent(K.DELETE, "PRV_9"), ["provisionKey"]),
        (AmendmentContent(K.DELETE, "PRV_2", None, "Words."), ["wording"]),
        (AmendmentContent(K.DELETE, "PRV_2", "PRV_1"), ["afterKey"]),
        (AmendmentContent(K.MOVE, "PRV_2", "PRV_1"), []),
        (AmendmentContent(K.MOVE, "PRV_2"), ["afterKey"]),
        (AmendmentContent(K.MOVE, None, "PRV_1"), ["provisionKey"]),
        (AmendmentContent(K.MOVE, "PRV_2", "PRV_2"), ["afterKey"]),
        (AmendmentContent(K.MOVE, "PRV_2", "PRV_9"), ["afterKey"]),
        (AmendmentContent(K.MOVE, "PRV_2", "PRV_1", "Words."), ["wording"]),
    ],
)
def test_check_amendment(amendment: AmendmentContent, paths: list[str]) -> None:
    found = [issue.path for issue in check_amendment("amendments.0", amendment, STANDING)]

    assert found == [f"amendments.0.{path}" for path in paths]


def test_content_without_labels_loses_only_the_number_of_the_provision_that_is_reworded() -> None:
    def content(*wordings: str) -> ProposalContent:
        kinds = (K.MODIFY, K.MODIFY, K.MODIFY, K.ADD, K.MODIFY)
        keys = ("PRV_2", "PRV_2", "PRV_1", "PRV_2", "PRV_9")
        parts = zip(kinds, keys, wordings, strict=True)
        return ProposalContent(
            "Title", "Because.", (*(AmendmentContent(k, key, None, w) for k, key, w in parts), DELETE)
        )

    given = content("2. Data shall be exchanged.", "3. Data.", "2. Scope", "2. New words.", "2. Words.")

    assert without_labels(given, STANDING) == content(
        "Data shall be exchanged.", "3. Data.", "2. Scope", "New words.", "2. Words."
    )


@pytest.mark.parametrize(
    ("key", "wording", "number", "expected"),
    [
        ("PRV_2", "2 bis. New words.", None, ("New words.", None)),
        ("PRV_2", "(a) New words.", "7.", ("New words.", "7.")),
        ("PRV_1", "(a) New words.", None, ("New words.", "(a)")),
        (None, "Article 5 New words.", None, ("New words.", "Article 5")),
        ("PRV_2", "2018 was a good year.", None, ("2018 was a good year.", None)),
        ("PRV_2", "New words.", "", ("New words.", "")),
    ],
)
def test_content_without_labels_knows_the_number_written_before_an_addition(
    key: str | None, wording: str, number: str | None, expected: tuple[str, str | None]
) -> None:
    addition = AmendmentContent(K.ADD, key, None, wording, None, None, number)

    (read,) = without_labels(ProposalContent("Title", "Because.", (addition,)), STANDING).amendments

    assert (read.wording, read.printed_number) == expected


@pytest.mark.parametrize(
    ("unit_kind", "wording", "paths"),
    [
        (None, "Four | five | six", []),
        (None, "Four | five", ["amendments.0.wording"]),
        (UnitKind.TABLE_ROW, "Four", ["amendments.0.wording"]),
        (UnitKind.PARAGRAPH, "Four", []),
    ],
)
def test_added_row_has_the_cells_of_the_row_before(unit_kind: UnitKind | None, wording: str, paths: list[str]) -> None:
    row = {"PRV_7": NumberedWords("", "One | two | three", UnitKind.TABLE_ROW)}
    addition = AmendmentContent(K.ADD, "PRV_7", None, wording, unit_kind)

    assert [issue.path for issue in check_amendment("amendments.0", addition, row)] == paths


DELETE = AmendmentContent(K.DELETE, "PRV_1")


@pytest.mark.parametrize(
    ("changed", "paths"),
    [
        ({}, []),
        ({"amendments": ()}, []),
        ({"amendments": (DELETE,) * 100}, []),
        ({"amendments": (DELETE,) * 101}, ["amendments"]),
        ({"amendments": (*(DELETE,) * 100, AmendmentContent(K.DELETE))}, ["amendments"]),
        ({"amendments": (DELETE, AmendmentContent(K.DELETE))}, ["amendments.1.provisionKey"]),
        ({"title": "  "}, ["title"]),
        ({"title": "x" * 301}, ["title"]),
        ({"rationale": ""}, ["rationale"]),
        ({"rationale": "x" * 20_001}, ["rationale"]),
        ({"co_sponsor_ids": ("PTY_2", "PTY_3")}, []),
        ({"co_sponsor_ids": ("PTY_2", "PTY_2")}, ["coSponsorIds.1"]),
        ({"co_sponsor_ids": ("PTY_1",)}, ["coSponsorIds.0"]),
        ({"co_sponsor_ids": ("PTY_2", "PTY_9")}, ["coSponsorIds.1"]),
        ({"title": "", "rationale": "", "co_sponsor_ids": ("PTY_1",)}, ["title", "rationale", "coSponsorIds.0"]),
    ],
)
def test_check_proposal(changed: dict[str, Any], paths: list[str]) -> None:
    content = ProposalContent("Title", "Because.", (DELETE,))._replace(**changed)

    issues = check_proposal(content, "PTY_1", frozenset({"PTY_2", "PTY_3"}), STANDING)

    assert [issue.path for issue in issues] == paths


def test_check_proposal_with_too_many_co_sponsors_says_so_once() -> None:
    parties = tuple(f"PTY_{number}" for number in range(2, 103))
    known = frozenset(parties[:100])

    issues = check_proposal(ProposalContent("Title", "Because.", (), parties), "PTY_1", known, STANDING)

    assert issues == [Issue("coSponsorIds", IssueCode.TOO_MANY, limit=100)]


@pytest.mark.parametrize(
    ("view", "reason", "issues"),
    [
        (V.AGREED, "", []),
        (V.AGREED, "x" * 20_001, [Issue("reason", IssueCode.TOO_LONG, limit=20000)]),
        (V.NOT_AGREED, "Too early.", []),
        (V.NOT_AGREED, " ", [Issue("reason", IssueCode.EMPTY)]),
        (V.DEFERRED, "", [Issue("reason", IssueCode.EMPTY)]),
        (V.DEFERRED, "x" * 20_001, [Issue("reason", IssueCode.TOO_LONG, limit=20000)]),
    ],
)
def test_check_view_needs_a_reason_unless_agreed(view: GroupView, reason: str, issues: list[Issue]) -> None:
    assert check_view(view, reason) == issues


@pytest.mark.parametrize(
    ("title", "closes_on", "paths"),
    [
        ("Review", None, []),
        ("Review", NOW.date(), []),
        ("Review", NOW.date() - timedelta(1), ["closesOn"]),
        ("Review", date(2018, 9, 1), ["closesOn"]),
        ("", date(2018, 9, 22), ["title", "closesOn"]),
        ("Review", date.max, ["closesOn"]),
    ],
)
def test_check_cycle(title: str, closes_on: date | None, paths: list[str]) -> None:
    issues = check_cycle(title, date(2018, 9, 1), closes_on, NOW.date())

    assert [issue.path for issue in issues] == paths


def test_check_cycle_must_not_close_before_it_opens() -> None:
    issues = check_cycle("Review", date(2018, 11, 2), date(2018, 11, 1), NOW.date())

    assert [issue.path for issue in issues] == ["closesOn"]
