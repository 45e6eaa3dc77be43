"""What is told of calls for inputs."""

from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from server.domain.calls.queries import asks_caller
from server.domain.notices.queries.kinds import Announcement, Telling
from server.domain.notices.queries.objects import CALL
from server.domain.notices.queries.rounds import answers_for_party, takes_part
from server.domain.notices.rules.words import Sentence
from server.kernel.predicates import actor_party
from server.models.calls import AnswerSheet

CALL_PAGE = "/calls/{subject}"


def has_not_answered(call_id: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party has not answered a call for inputs."""
    sheet = aliased(AnswerSheet)
    return ~select(sheet.id).where(sheet.call_id == call_id, sheet.party_id == actor_party).exists()


def _answers_for_the_asked(call: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller answers for a party that a call asks and that has not answered."""
    return and_(asks_caller(call), has_not_answered(call.id), answers_for_party())


CALL_REMINDED = Announcement(
    "call.reminded",
    CALL,
    _answers_for_the_asked,
    Sentence(
        "Your party is asked to answer the call “{title}”.",
        "Votre partie est invitée à répondre à l’appel à contributions « {title} ».",
    ),
    CALL_PAGE,
    is_pressing=True,
    same_as=("call.closing",),
)
"""Told when a reminder is due that somebody asked for."""

_OF_CALLS = tuple(
    Telling(f"call.{name}", f"call.{name}", CALL, takes_part, words, CALL_PAGE, is_pressing=pressing, shows_due=due)
    for name, words, pressing, due in (
        (
            "opened",
            Sentence("A call for inputs was opened: “{title}”.", "Un appel à contributions est lancé : « {title} »."),
            False,
            True,
        ),
        (
            "extended",
            Sentence("The call “{title}” was extended.", "L’appel à contributions « {title} » est prolongé."),
            False,
            True,
        ),
        (
            "closed_early",
            Sentence(
                "The call “{title}” was closed early.", "L’appel à contributions « {title} » est clos avant terme."
            ),
            True,
            True,
        ),
        (
            "cancelled",
            Sentence("The call “{title}” was called off.", "L’appel à contributions « {title} » est annulé."),
            False,
            False,
        ),
    )
)
CALLS = (
    *_OF_CALLS,
    Telling(
        "results.published",
        "results.published",
        CALL,
        takes_part,
        Sentence(
            "The results of the call “{title}” are out.",
            "Les résultats de l’appel à contributions « {title} » sont publiés.",
        ),
        "/calls/{subject}/results",
        shows_due=False,
    ),
)
"""What is told after the acts on calls."""
