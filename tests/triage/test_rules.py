"""Rules of triage without a database: sums of points, members of groups, checks, who settles and reacts when."""

from datetime import UTC, datetime
from itertools import product

import pytest

from server.domain.triage import policy
from server.domain.triage.actions.sorting import PointContent
from server.domain.triage.rules.facts import AdviceFacts, AnswerFacts, BatchFacts
from server.domain.triage.rules.points import (
    Answer,
    AskedWords,
    PointAnswer,
    Taken,
    maintains_substance,
    pass_on,
    sum_up,
    take_together,
)
from server.domain.triage.rules.sorting import check_points, check_tags, fold_tag
from server.kernel.actor import Actor, Capacity
from server.kernel.refusals import RefusalCode as Code
from server.vocabulary.rounds import CommentStatus, CommentType, DispositionStage, DispositionVerdict, RoundStatus
from server.vocabulary.triage import Reaction

Verdict = DispositionVerdict
NOW = datetime(2018, 10, 2, tzinfo=UTC)
RECORDED, PROPOSED = DispositionStage.RECORDED, DispositionStage.PROPOSED
LEAD = AskedWords("P", 0, 5, "shall")
ANSWER = AnswerFacts(
    id="D",
    stage=PROPOSED,
    party_id="own",
    body_id="B",
    round_status=RoundStatus.CALLED,
    comment_status=CommentStatus.DISPOSITION_PROPOSED,
    standing_id="D",
    type=CommentType.EDITORIAL,
    lead_id=None,
    point_id=None,
    point_standing_id=None,
    point_type=None,
    reaction_id=None,
)
OFFICER = Actor(person_id="o", delegate_id="o", party_id="s", capacity=Capacity.SECRETARIAT)
COORDINATOR = Actor(person_id="c", delegate_id="c", party_id="x", capacity=Capacity.MEMBER, leads=frozenset({"B"}))
FOCAL_POINT = Actor(person_id="f", delegate_id="f", party_id="own", capacity=Capacity.MEMBER, is_focal_point=True)


def point(verdict: Verdict, kind: CommentType = CommentType.SUBSTANTIVE, *, worded: bool = False) -> PointAnswer:
    """Return the answer to a point; accepted with modification is accepted as 'may'."""
    wording = "may" if verdict == Verdict.ACCEPTED_WITH_MODIFICATION else None
    return PointAnswer(1, kind, worded, Answer(verdict, "", wording))


WORDED = point(Verdict.ACCEPTED, worded=True)
MODIFIED = point(Verdict.ACCEPTED_WITH_MODIFICATION, worded=True)
ANSWERED = point(Verdict.NOTED, CommentType.QUESTION)


@pytest.mark.parametrize(
    ("answers", "verdict", "wording"),
    [
        ([WORDED], Verdict.ACCEPTED, None),
        ([WORDED, ANSWERED], Verdict.ACCEPTED, None),
        ([WORDED, point(Verdict.NOTED)], Verdict.ACCEPTED_WITH_MODIFICATION, "shall"),
        *(
            ([point(verdict), WORDED], Verdict.ACCEPTED_WITH_MODIFICATION, "shall")
            for verdict in Verdict
            if verdict not in (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_MODIFICATION)
        ),
        ([WORDED, point(Verdict.DEFERRED, CommentType.QUESTION)], Verdict.ACCEPTED_WITH_MODIFICATION, "shall"),
        ([MODIFIED], Verdict.ACCEPTED_WITH_MODIFICATION, "may"),
        ([MODIFIED, ANSWERED], Verdict.ACCEPTED_WITH_MODIFICATION, "may"),
        ([MODIFIED, point(Verdict.NOT_ACCEPTED)], Verdict.ACCEPTED_WITH_MODIFICATION, "may"),
        ([point(Verdict.NOT_ACCEPTED, worded=True), point(Verdict.DEFERRED)], Verdict.DEFERRED, None),
        ([point(Verdict.DUPLICATE, worded=True), point(Verdict.NOT_ACCEPTED)], Verdict.NOT_ACCEPTED, None),
        ([point(Verdict.NOTED), point(Verdict.DEFERRED)], Verdict.DEFERRED, None),
        ([point(Verdict.NOTED), point(Verdict.OUT_OF_SCOPE)], Verdict.OUT_OF_SCOPE, None),
        ([ANSWERED, ANSWERED], Verdict.NOTED, None),
    ],
)
def test_comment_is_accepted_if_every_point_is_and_in_part_if_only_its_words_are(
    answers: list[PointAnswer], verdict: Verdict, wording: str | None
) -> None:
    whole = sum_up(answers, "shall")

    assert (whole.verdict, whole.wording) == (verdict, wording)
    assert sum_up(answers[::-1], "shall") == whole


def test_reasons_of_the_points_follow_each_other_under_their_numbers() -> None:
    first = PointAnswer(1, CommentType.GENERAL, False, Answer(Verdict.NOTED, "Read."))
    second = PointAnswer(2, CommentType.GENERAL, False, Answer(Verdict.DEFERRED, "Later."))

    assert sum_up([first, second]) == Answer(Verdict.DEFERRED, "(1) Read.\n(2) Later.", None)


CONTENT, MAINTAINS = Reaction.CONTENT, Reaction.MAINTAINS


@pytest.mark.parametrize(
    ("whole", "points", "taken"),
    [
        (None, (), None),
        (CONTENT, (), CONTENT),
        (None, (CONTENT, None), None),
        (None, (CONTENT, CONTENT), CONTENT),
        (CONTENT, (None, MAINTAINS), MAINTAINS),
        (MAINTAINS, (CONTENT,), MAINTAINS),
    ],
)
def test_comment_is_maintained_with_any_point_and_content_with_all(
    whole: Reaction | None, points: tuple[Reaction | None, ...], taken: Reaction | None
) -> None:
    kind = CommentType.EDITORIAL
    parts = [Taken(kind, each) for each in points]

    assert take_together(Taken(kind, whole), parts) == taken
    assert not maintains_substance(Taken(kind, whole), *parts)
    assert maintains_substance(*parts, Taken(CommentType.SUBSTANTIVE, MAINTAINS))


@pytest.mark.parametrize(
    ("answer", "member", "verdict", "wording"),
    [
        (Answer(Verdict.NOT_ACCEPTED, "No."), LEAD, Verdict.NOT_ACCEPTED, None),
        (Answer(Verdict.ACCEPTED), LEAD, Verdict.ACCEPTED, None),
        (Answer(Verdict.ACCEPTED), LEAD._replace(wording="may"), Verdict.ACCEPTED_WITH_MODIFICATION, "shall"),
        (Answer(Verdict.ACCEPTED), LEAD._replace(start=9), Verdict.DUPLICATE, None),
        (Answer(Verdict.ACCEPTED), LEAD._replace(wording=None), Verdict.DUPLICATE, None),
        (Answer(Verdict.ACCEPTED_WITH_MODIFICATION, "So.", ""), LEAD, Verdict.ACCEPTED_WITH_MODIFICATION, ""),
    ],
)
def test_member_gets_the_words_only_in_the_same_place(
    answer: Answer, member: AskedWords, verdict: Verdict, wording: str | None
) -> None:
    given = pass_on(answer, LEAD, member, "Japan-1")

    assert (given.verdict, given.wording) == (verdict, wording)
    assert given.reason == (answer.reason or "Answered with Japan-1.")


def test_points_need_words_and_exactly_one_that_asks_for_the_wording() -> None:
    first, second = PointContent(CommentType.QUESTION, "a", True), PointContent(CommentType.QUESTION, " ")

    assert [issue.path for issue in check_points((first, second), asks_for_wording=True)] == ["points.1.text"]
    assert [issue.path for issue in check_points((second,), asks_for_wording=True)] == ["points.0.text", "points"]
    assert [issue.path for issue in check_points((first,), asks_for_wording=False)] == ["points.0.hasWording"]
    assert check_points((), asks_for_wording=True) == []
    assert [issue.path for issue in check_points((first,) * 31, asks_for_wording=True)] == ["points"]


def test_tags_are_folded_and_short() -> None:
    assert fold_tag("  Law \n of  SEA ") == "law of sea"
    assert [issue.path for issue in check_tags(["ok", " ", "x" * 61])] == ["tags.1", "tags.2"]
    assert [issue.path for issue in check_tags(["x"] * 13)] == ["tags"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"type": CommentType.LINGUISTIC}, None),
        ({"type": CommentType.SUBSTANTIVE}, Code.WRONG_STATE),
        (
            {
                "type": CommentType.SUBSTANTIVE,
                "point_id": "P",
                "point_type": CommentType.EDITORIAL,
                "point_standing_id": "D",
            },
            None,
        ),
        ({"point_id": "P", "point_type": CommentType.QUESTION, "point_standing_id": "D"}, Code.WRONG_STATE),
        ({"lead_id": "C"}, Code.WRONG_STATE),
        ({"standing_id": "E"}, Code.WRONG_STATE),
        ({"stage": RECORDED, "comment_status": CommentStatus.DISPOSED}, Code.WRONG_STATE),
        ({"comment_status": CommentStatus.WITHDRAWN}, Code.WRONG_STATE),
        ({"round_status": RoundStatus.CANCELLED}, Code.WRONG_STATE),
    ],
)
def test_two_sides_settle_what_is_proposed_on_points_of_language(changed: dict[str, object], code: Code | None) -> None:
    for actor in (OFFICER, COORDINATOR):
        assert policy.settle_answer.verdict(actor, ANSWER._replace(**changed), NOW).code == code
    assert policy.settle_answer.verdict(FOCAL_POINT, ANSWER._replace(**changed), NOW).code == Code.FORBIDDEN


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"stage": PROPOSED}, Code.WRONG_STATE),
        ({"standing_id": "E"}, Code.WRONG_STATE),
        ({"reaction_id": "R"}, Code.ALREADY_DONE),
        ({"comment_status": CommentStatus.SUBMITTED}, Code.WRONG_STATE),
        ({"party_id": "other"}, Code.FORBIDDEN),
    ],
)
def test_focal_point_reacts_once_to_what_is_recorded(changed: dict[str, object], code: Code | None) -> None:
    facts = ANSWER._replace(stage=RECORDED, comment_status=CommentStatus.DISPOSED)

    assert policy.react_to_answer.verdict(FOCAL_POINT, facts._replace(**changed), NOW).code == code


def test_coordinator_undoes_what_was_proposed_and_the_secretariat_everything_while_the_round_goes_on() -> None:
    told = {
        (actor.person_id, stage, status): policy.undo_answers.verdict(
            actor, BatchFacts(stage, "B", status, None), NOW
        ).is_allowed
        for actor, stage, status in product(
            (OFFICER, COORDINATOR, FOCAL_POINT), DispositionStage, (RoundStatus.CALLED, RoundStatus.COMPLETED)
        )
    }

    assert {key for key, is_allowed in told.items() if is_allowed} == {
        ("o", PROPOSED, RoundStatus.CALLED),
        ("o", RECORDED, RoundStatus.CALLED),
        ("c", PROPOSED, RoundStatus.CALLED),
    }
    done = BatchFacts(RECORDED, "B", RoundStatus.CALLED, NOW)
    assert policy.undo_answers.verdict(OFFICER, done, NOW).code == Code.ALREADY_DONE


def test_advice_is_of_those_who_are_asked_and_given_once() -> None:
    body, person = AdviceFacts("B", None, None), AdviceFacts(None, "f", None)

    assert [policy.give_advice.verdict(each, body, NOW).is_allowed for each in (COORDINATOR, FOCAL_POINT)] == [
        True,
        False,
    ]
    assert [policy.give_advice.verdict(each, person, NOW).is_allowed for each in (COORDINATOR, FOCAL_POINT)] == [
        False,
        True,
    ]
    assert policy.give_advice.verdict(FOCAL_POINT, person._replace(given_at=NOW), NOW).code == Code.ALREADY_DONE
