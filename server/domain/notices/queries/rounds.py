"""What is told of rounds and calls for inputs."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from server.domain.notices.queries.kinds import ENTRY_PARTY, Announcement, Telling
from server.domain.notices.queries.objects import ROUND
from server.domain.notices.rules.words import Sentence
from server.domain.rounds.queries import addresses_caller, asks_for
from server.identity.accreditations import in_force, is_focal_point
from server.kernel.predicates import actor_party, is_own_focal_point, is_secretariat, led_bodies
from server.models.answering import has_declared, has_filed
from server.models.calling import LateAdmission
from server.models.parties import Delegate
from server.vocabulary.calling import LateStatus

ROUND_PAGE = "/rounds/{subject}"


def takes_part(_subject: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees the object as a party or as one who leads, not as the Secretariat."""
    return ~is_secretariat


def _answers_admission(round_: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller answers a request to comment late that nobody has answered yet."""
    late = aliased(LateAdmission)
    waits = select(late.id).where(late.round_id == round_.id, late.status == LateStatus.ASKED).exists()
    return and_(or_(is_secretariat, round_.body_id.in_(led_bodies)), waits)


def _is_party_named(_round: Any, _parent: Any) -> ColumnElement[bool]:
    return actor_party == ENTRY_PARTY


def is_silent(round_: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party has neither filed nor declared anything in a round."""
    return and_(~has_filed(round_.id, actor_party), ~has_declared(round_.id, actor_party))


def owes_answer(round_: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that a round asks the caller's party now, and that the party is silent."""
    return and_(asks_for(lambda path: getattr(round_, path)), is_silent(round_, None))


def answers_for_party() -> ColumnElement[bool]:
    """Return the condition that the caller is a focal point of their party, or its delegate if it has none."""
    other = aliased(Delegate)
    of_party = (other.party_id == actor_party, in_force(other), ~other.is_service, is_focal_point(other))
    has_none = ~select(other.id).where(*of_party).exists()
    return or_(is_own_focal_point, has_none)


def _answers_for_the_silent(round_: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller answers for a party that is silent in a round."""
    return and_(owes_answer(round_, None), answers_for_party())


def _keeps_the_certificate(round_: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller is a focal point of a party that a round addressed."""
    return and_(addresses_caller(round_), is_own_focal_point)


SILENT_REMINDED = Announcement(
    "round.reminded",
    ROUND,
    _answers_for_the_silent,
    Sentence(
        "Your party is asked to answer the round “{title}”.",
        "Votre partie est invitée à répondre à la consultation « {title} ».",
    ),
    ROUND_PAGE,
    is_pressing=True,
    same_as=("round.closing",),
)
"""Told when a reminder is due that somebody asked for."""
ROUND_CLOSED = Announcement(
    "round.closed",
    ROUND,
    _keeps_the_certificate,
    Sentence("The round “{title}” is closed.", "La consultation « {title} » est close."),
    ROUND_PAGE,
    shows_due=False,
    has_own_letter=True,
)
"""Told when the head of a close is signed: its letter hands the head out."""

ROUNDS = (
    Telling(
        "round.opened",
        "round.opened",
        ROUND,
        takes_part,
        Sentence("A comment round was called: “{title}”.", "Une consultation est lancée : « {title} »."),
        ROUND_PAGE,
    ),
    Telling(
        "round.extended",
        "round.extended",
        ROUND,
        takes_part,
        Sentence("The round “{title}” was extended.", "La consultation « {title} » est prolongée."),
        ROUND_PAGE,
    ),
    Telling(
        "round.revised",
        "round.revised",
        ROUND,
        takes_part,
        Sentence(
            "The terms of the round “{title}” were corrected.",
            "Les termes de la consultation « {title} » sont corrigés.",
        ),
        ROUND_PAGE,
    ),
    Telling(
        "round.paused",
        "round.paused",
        ROUND,
        takes_part,
        Sentence("The round “{title}” is paused.", "La consultation « {title} » est suspendue."),
        ROUND_PAGE,
    ),
    Telling(
        "round.resumed",
        "round.resumed",
        ROUND,
        takes_part,
        Sentence("The round “{title}” goes on.", "La consultation « {title} » reprend."),
        ROUND_PAGE,
        is_pressing=True,
    ),
    Telling(
        "round.closed_early",
        "round.closed_early",
        ROUND,
        takes_part,
        Sentence("The round “{title}” was closed early.", "La consultation « {title} » est close avant terme."),
        ROUND_PAGE,
        is_pressing=True,
        certified_by=ROUND_CLOSED,
    ),
    Telling(
        "round.cancelled",
        "round.cancelled",
        ROUND,
        takes_part,
        Sentence("The round “{title}” was called off.", "La consultation « {title} » est annulée."),
        ROUND_PAGE,
        shows_due=False,
    ),
    Telling(
        "round.completed",
        "round.completed",
        ROUND,
        takes_part,
        Sentence(
            "Every comment of the round “{title}” is answered.",
            "Toutes les observations de la consultation « {title} » ont reçu une réponse.",
        ),
        ROUND_PAGE,
        shows_due=False,
    ),
    Telling(
        "round.reported",
        "round.reported",
        ROUND,
        takes_part,
        Sentence("The report of the round “{title}” is out.", "Le rapport de la consultation « {title} » est publié."),
        ROUND_PAGE,
        shows_due=False,
    ),
    Telling(
        "late_admission.asked",
        "late_admission.asked",
        ROUND,
        _answers_admission,
        Sentence(
            "A party asks to comment after the close in the round “{title}”.",
            "Une partie demande à déposer après la clôture dans la consultation « {title} ».",
        ),
        ROUND_PAGE,
        is_personal=True,
        shows_due=False,
    ),
    Telling(
        "late_admission.admitted",
        "late_admission.admitted",
        ROUND,
        _is_party_named,
        Sentence(
            "Your party may still comment in the round “{title}”.",
            "Votre partie peut encore déposer dans la consultation « {title} ».",
        ),
        ROUND_PAGE,
        subject="round",
        is_pressing=True,
        is_personal=True,
        shows_due=False,
    ),
    Telling(
        "late_admission.refused",
        "late_admission.refused",
        ROUND,
        _is_party_named,
        Sentence(
            "Your party may not comment after the close in the round “{title}”.",
            "Votre partie ne peut pas déposer après la clôture dans la consultation « {title} ».",
        ),
        ROUND_PAGE,
        subject="round",
        is_personal=True,
        shows_due=False,
    ),
)
