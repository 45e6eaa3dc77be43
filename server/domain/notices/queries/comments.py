"""What is told of comments, their answers, and drafts inside a delegation."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from server.domain.notices.queries.kinds import ENTRY_AT, ENTRY_SUBJECT, Telling, is_by_caller
from server.domain.notices.queries.objects import ADVICE, COMMENT, ROUND
from server.domain.notices.rules.words import Sentence
from server.kernel.predicates import actor_party, is_own_focal_point, is_secretariat, led_bodies
from server.models.delegations import DraftWork
from server.models.rounds import Comment, Disposition
from server.models.threads import CoSignature, Reply
from server.models.triage import DispositionOrigin
from server.vocabulary.delegations import DraftStage
from server.vocabulary.threads import CoSignatureState

COMMENT_PAGE = "/comments/{subject}"


def _is_own(comment: Any, _round: Any) -> ColumnElement[bool]:
    """Return the condition that a comment is the caller's party's, alone or as one that signed it."""
    signature = aliased(CoSignature)
    of_caller = (signature.party_id == actor_party, signature.state == CoSignatureState.CONFIRMED)
    signed = select(signature.id).where(signature.comment_id == comment.id, *of_caller).exists()
    return or_(comment.party_id == actor_party, signed)


def _wrote(comment: Any, _round: Any) -> ColumnElement[bool]:
    return and_(comment.party_id == actor_party, is_by_caller(comment.author_id))


def _clears(comment: Any, _round: Any) -> ColumnElement[bool]:
    """Return the condition that a draft waits for the caller, a focal point of its party."""
    draft = aliased(DraftWork)
    waits = select(draft.comment_id).where(draft.comment_id == comment.id, draft.stage == DraftStage.READY)
    return and_(comment.party_id == actor_party, is_own_focal_point, waits.exists())


def _is_returned(comment: Any, round_: Any) -> ColumnElement[bool]:
    """Return the condition that the caller wrote a draft that stands returned."""
    draft = aliased(DraftWork)
    stands = select(draft.comment_id).where(draft.comment_id == comment.id, draft.stage == DraftStage.RETURNED)
    return and_(_wrote(comment, round_), stands.exists())


def _is_asked_to_sign(comment: Any, _round: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party was asked by this very entry to sign, and has not answered."""
    signature = aliased(CoSignature)
    pending = (signature.state == CoSignatureState.ASKED, signature.asked_at == ENTRY_AT)
    waits = select(signature.id).where(signature.comment_id == comment.id, signature.party_id == actor_party, *pending)
    return and_(is_own_focal_point, waits.exists())


def _answers(_comment: Any, round_: Any) -> ColumnElement[bool]:
    return or_(is_secretariat, round_.body_id.in_(led_bodies))


def _takes_part_in_thread(comment: Any, round_: Any) -> ColumnElement[bool]:
    """Return the condition that the comment is the caller's party's, or that it replied under it."""
    reply = aliased(Reply)
    replied = (reply.party_id == actor_party, reply.taken_back_at.is_(None))
    return or_(_is_own(comment, round_), select(reply.id).where(reply.comment_id == comment.id, *replied).exists())


def _asks_advice(request: Any, _parent: Any) -> ColumnElement[bool]:
    return and_(request.given_at.is_(None), or_(is_by_caller(request.delegate_id), request.body_id.in_(led_bodies)))


def _was_answered(round_: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the batch of this entry answered a comment of the caller's party."""
    origin, answer, comment = aliased(DispositionOrigin), aliased(Disposition), aliased(Comment)
    own = (
        select(origin.id)
        .join(answer, answer.id == origin.disposition_id)
        .join(comment, comment.id == answer.comment_id)
        .where(origin.batch_id == ENTRY_SUBJECT, comment.party_id == actor_party, comment.round_id == round_.id)
    )
    return own.exists()


def _is_recorded(comment: Any) -> ColumnElement[bool]:
    """Return the condition that an answer to a comment was recorded by this very entry."""
    answer = aliased(Disposition)
    recorded = (answer.stage == "RECORDED", answer.decided_at == ENTRY_AT)
    return select(answer.id).where(answer.comment_id == comment.id, *recorded).exists()


COMMENTS = (
    Telling(
        "disposition.recorded",
        "disposition.recorded",
        COMMENT,
        _is_own,
        Sentence(
            "A comment of your party in the round “{title}” was answered.",
            "Une observation de votre partie dans la consultation « {title} » a reçu une réponse.",
        ),
        COMMENT_PAGE,
        is_personal=True,
        shows_due=False,
    ),
    Telling(
        "answer.settled",
        "answer.settled",
        COMMENT,
        lambda comment, round_: and_(_is_own(comment, round_), _is_recorded(comment)),
        Sentence(
            "A comment of your party in the round “{title}” was answered.",
            "Une observation de votre partie dans la consultation « {title} » a reçu une réponse.",
        ),
        COMMENT_PAGE,
        is_personal=True,
        shows_due=False,
    ),
    Telling(
        "answers.recorded",
        "answers.recorded",
        ROUND,
        _was_answered,
        Sentence(
            "Comments of your party in the round “{title}” were answered.",
            "Des observations de votre partie dans la consultation « {title} » ont reçu une réponse.",
        ),
        "/rounds/{subject}/answers",
        subject="round",
        is_personal=True,
        shows_due=False,
    ),
    Telling(
        "answer.reacted",
        "answer.reacted",
        COMMENT,
        _answers,
        Sentence(
            "A party said in the round “{title}” how it takes an answer.",
            "Une partie a réagi à une réponse dans la consultation « {title} ».",
        ),
        COMMENT_PAGE,
        is_personal=True,
        shows_due=False,
    ),
    Telling(
        "comment.replied",
        "comment.replied",
        COMMENT,
        _takes_part_in_thread,
        Sentence(
            "There is a reply under a comment in the round “{title}”.",
            "Une observation de la consultation « {title} » a reçu un commentaire.",
        ),
        COMMENT_PAGE,
        shows_due=False,
    ),
    Telling(
        "comment.cleared",
        "comment.cleared",
        COMMENT,
        _wrote,
        Sentence(
            "Your draft was filed in the round “{title}”.",
            "Votre brouillon est déposé dans la consultation « {title} ».",
        ),
        COMMENT_PAGE,
        is_personal=True,
        shows_due=False,
    ),
    Telling(
        "draft.presented",
        "draft.presented",
        COMMENT,
        _clears,
        Sentence(
            "A draft of your party waits for your clearance in the round “{title}”.",
            "Un brouillon de votre partie attend votre visa dans la consultation « {title} ».",
        ),
        COMMENT_PAGE,
        is_personal=True,
    ),
    Telling(
        "draft.returned",
        "draft.returned",
        COMMENT,
        _is_returned,
        Sentence(
            "Your draft in the round “{title}” came back to you.",
            "Votre brouillon dans la consultation « {title} » vous est renvoyé.",
        ),
        COMMENT_PAGE,
        is_pressing=True,
        is_personal=True,
    ),
    *(
        Telling(
            f"co_signature.asked.{act.removeprefix('comment.')}",
            act,
            COMMENT,
            _is_asked_to_sign,
            Sentence(
                "Your party is asked to sign a comment in the round “{title}”.",
                "Votre partie est invitée à cosigner une observation dans la consultation « {title} ».",
            ),
            COMMENT_PAGE,
            is_pressing=True,
            is_personal=True,
        )
        for act in ("comment.drafted", "comment.revised")
    ),
    Telling(
        "co_signature.confirmed",
        "co_signature.confirmed",
        COMMENT,
        _wrote,
        Sentence(
            "A party signs your comment in the round “{title}”.",
            "Une partie cosigne votre observation dans la consultation « {title} ».",
        ),
        COMMENT_PAGE,
        is_personal=True,
    ),
    Telling(
        "co_signature.declined",
        "co_signature.declined",
        COMMENT,
        _wrote,
        Sentence(
            "A party does not sign your comment in the round “{title}”.",
            "Une partie ne cosigne pas votre observation dans la consultation « {title} ».",
        ),
        COMMENT_PAGE,
        is_personal=True,
    ),
    Telling(
        "comment.forwarded",
        "comment.forwarded",
        ADVICE,
        _asks_advice,
        Sentence("Your advice is asked for: “{title}”.", "Votre avis est demandé : « {title} »."),
        "/",
        is_personal=True,
    ),
    Telling(
        "advice.given",
        "advice.given",
        ADVICE,
        lambda request, _: is_by_caller(request.asked_by_id),
        Sentence(
            "The advice that you asked for is there: “{title}”.",
            "L’avis que vous avez demandé est rendu : « {title} ».",
        ),
        "/",
        is_personal=True,
        shows_due=False,
    ),
)
