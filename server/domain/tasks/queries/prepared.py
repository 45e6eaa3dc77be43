"""The prepared inputs of tasks: what a client sends for the act, without the idempotency key.

What only a person can say, such as the words that settle a conflict, is left out.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from server.domain.tasks.queries.closing import SUBJECTS, select_decisions
from server.domain.tasks.queries.ending import BASE, LATER
from server.kernel.predicates import actor_party
from server.models.calling import LateAdmission
from server.models.calls import AnswerDraft, Call
from server.models.consolidation import TextConflict
from server.models.proposals import ProposalWork
from server.models.rounds import Comment, CommentWork, Disposition, Round
from server.models.triage import AdviceRequest, CommentPoint, CommentTriage
from server.vocabulary.rounds import CommentStatus, DispositionStage
from server.vocabulary.texts import VersionStatus

Input: TypeAlias = dict[str, Any]
Parameters: TypeAlias = Mapping[str, Any]
"""The parameters of the caller, and the ids of the subjects as `subjects`."""
MOST_ANSWERS = 200
"""Answers that one act records at most."""


def _select_revisions(key: Any, revision: Any) -> Select[Any]:
    """Return the statement for the revisions of subjects."""
    return select(key, revision).where(key.in_(SUBJECTS))


_PROPOSALS = _select_revisions(ProposalWork.proposal_id, ProposalWork.revision)
_CONFLICTS = _select_revisions(TextConflict.id, TextConflict.revision)
_ADVICE = _select_revisions(AdviceRequest.id, AdviceRequest.revision)
_LATE = _select_revisions(LateAdmission.id, LateAdmission.revision)
_ROUNDS = _select_revisions(Round.id, Round.revision)
_CALLS = _select_revisions(Call.id, Call.revision)
_OWN_ANSWERS: Any = select(AnswerDraft.call_id, AnswerDraft.revision).where(
    AnswerDraft.call_id.in_(SUBJECTS), AnswerDraft.party_id == actor_party
)
_DRAFTS = _select_revisions(CommentWork.comment_id, CommentWork.revision)


def _select_proposed() -> Any:
    """Return the statement for what is proposed in rounds: round, comment, point and revision, by place in the text."""
    point, whole = aliased(Disposition), aliased(Disposition)
    proposed = DispositionStage.PROPOSED
    return (
        select(Comment.round_id, Comment.id, CommentPoint.id, CommentWork.revision)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .outerjoin(CommentTriage, CommentTriage.comment_id == Comment.id)
        .outerjoin(CommentPoint, CommentPoint.comment_id == Comment.id)
        .outerjoin(point, point.id == CommentPoint.disposition_id)
        .outerjoin(whole, whole.id == CommentWork.disposition_id)
        .where(
            Comment.round_id.in_(SUBJECTS),
            CommentWork.status == CommentStatus.DISPOSITION_PROPOSED,
            or_(CommentTriage.lead_id.is_(None), CommentTriage.lead_id == Comment.id),
            or_(and_(CommentPoint.id.is_(None), whole.stage == proposed), point.stage == proposed),
        )
        .order_by(Comment.round_id, Comment.position, Comment.id, CommentPoint.number)
    )


def _select_waiting() -> Any:
    """Return the statement for what waits for an answer in rounds: round, comment, point and revision."""
    return (
        select(Comment.round_id, Comment.id, CommentPoint.id, CommentWork.revision)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .outerjoin(CommentTriage, CommentTriage.comment_id == Comment.id)
        .outerjoin(CommentPoint, CommentPoint.comment_id == Comment.id)
        .where(
            Comment.round_id.in_(SUBJECTS),
            CommentWork.status == CommentStatus.SUBMITTED,
            or_(CommentTriage.lead_id.is_(None), CommentTriage.lead_id == Comment.id),
            or_(CommentPoint.id.is_(None), CommentPoint.disposition_id.is_(None)),
        )
        .order_by(Comment.round_id, Comment.position, Comment.id, CommentPoint.number)
    )


_PROPOSED, _WAITING = _select_proposed(), _select_waiting()


async def prepare_records(connection: AsyncConnection, parameters: Parameters) -> dict[str, Input]:
    """Return the inputs that record what is proposed in rounds, each as it is proposed, by round."""
    return await _prepare_answers(connection, parameters, _PROPOSED)


async def prepare_proposals(connection: AsyncConnection, parameters: Parameters) -> dict[str, Input]:
    """Return the inputs that propose one answer to all that wait in rounds, by round; the answer is for a person."""
    return await _prepare_answers(connection, parameters, _WAITING)


async def _prepare_answers(connection: AsyncConnection, parameters: Parameters, statement: Any) -> dict[str, Input]:
    """Return the comments and points that a statement selects as the answers of an act, by round."""
    inputs: dict[str, Input] = {}
    for round_id, comment_id, point_id, revision in await connection.execute(statement, parameters):
        answers = inputs.setdefault(round_id, {"roundId": round_id, "answers": []})["answers"]
        answer = {"commentId": comment_id, "expectedRevision": revision}
        if len(answers) < MOST_ANSWERS:
            answers.append(answer | ({"pointId": point_id} if point_id else {}))
    return inputs


def _with_revision(name: str, statement: Select[Any]) -> Callable[..., Any]:
    """Return a function that prepares the inputs of an act which needs an id and its revision."""

    async def prepare(connection: AsyncConnection, parameters: Parameters) -> dict[str, Input]:
        rows = await connection.execute(statement, parameters)
        return {identifier: {name: identifier, "expectedRevision": revision} for identifier, revision in rows}

    return prepare


async def prepare_settlings(_: AsyncConnection, parameters: Parameters) -> dict[str, Input]:
    """Return the inputs that settle answers, by answer."""
    return {identifier: {"dispositionId": identifier} for identifier in parameters["subjects"]}


async def prepare_reports(connection: AsyncConnection, parameters: Parameters) -> dict[str, Input]:
    """Return the inputs that send out the reports of rounds with the latest version of their text, by round."""
    statement = select(Round.id, LATER.id, Round.revision).join(BASE, BASE.id == Round.text_version_id)
    later = (LATER.instrument_id == BASE.instrument_id, LATER.language == BASE.language, LATER.number > BASE.number)
    issued = (Round.id.in_(SUBJECTS), LATER.status == VersionStatus.ISSUED)
    rows = await connection.execute(
        statement.join(LATER, and_(*later)).where(*issued).order_by(LATER.number), parameters
    )
    return {
        round_id: {"roundId": round_id, "textVersionId": version_id, "expectedRevision": revision}
        for round_id, version_id, revision in rows
    }


async def prepare_drafts_of_answers(connection: AsyncConnection, parameters: Parameters) -> dict[str, Input]:
    """Return the inputs that begin a draft of answers to calls, by call; the answers are for a person."""
    return {call_id: {"callId": call_id, "expectedRevision": 0} for call_id in parameters["subjects"]}


async def prepare_editions(connection: AsyncConnection, parameters: Parameters) -> dict[str, Input]:
    """Return the inputs that publish versions under their own label, by version: by the latest decision on each."""
    rows = await connection.execute(select_decisions(), parameters)
    return {
        version_id: {"textVersionId": version_id, "decisionId": decision_id, "label": label}
        for version_id, decision_id, label in rows
    }


PREPARED: Mapping[str, Callable[[AsyncConnection, Parameters], Any]] = {
    "clear_comment": _with_revision("commentId", _DRAFTS),
    "submit_proposal": _with_revision("proposalId", _PROPOSALS),
    "register_proposal": _with_revision("proposalId", _PROPOSALS),
    "record_answers": prepare_records,
    "propose_answers": prepare_proposals,
    "admit_late_comments": _with_revision("admissionId", _LATE),
    "complete_round": _with_revision("roundId", _ROUNDS),
    "report_round": prepare_reports,
    "answer_call": prepare_drafts_of_answers,
    "file_answers": _with_revision("callId", _OWN_ANSWERS),
    "close_call_early": _with_revision("callId", _CALLS),
    "settle_conflict": _with_revision("conflictId", _CONFLICTS),
    "give_advice": _with_revision("adviceId", _ADVICE),
    "settle_answer": prepare_settlings,
    "publish_edition": prepare_editions,
}
"""How the inputs of the tasks of an act are prepared, one statement for all of them."""
