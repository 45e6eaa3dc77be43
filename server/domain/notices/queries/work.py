"""What is told of bodies, sittings, decisions, the work plan and texts."""

from typing import Any

from sqlalchemy import ColumnElement, and_

from server.domain.notices.queries.kinds import in_body, tell
from server.domain.notices.queries.objects import (
    ACTIVITY,
    BODY,
    DECISION,
    EDITION,
    PAPER,
    SITTING,
    TOPIC,
    VERSION,
)
from server.domain.notices.queries.rounds import takes_part
from server.domain.notices.rules.words import Sentence
from server.kernel.predicates import is_secretariat, led_bodies, today


def nobody(_subject: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that holds for nobody: only those who watch the object are told."""
    return and_(is_secretariat, ~is_secretariat)


BODIES = (
    tell(
        "sitting.recorded",
        SITTING,
        lambda sitting, _: in_body(sitting.body_id),
        Sentence("A sitting of {title} was announced.", "Une session de {title} est annoncée."),
        "/sittings/{subject}",
        holds=lambda sitting, _: and_(sitting.ends_on >= today, sitting.cancelled_at.is_(None)),
    ),
    tell(
        "decision.recorded",
        DECISION,
        lambda _, sitting: in_body(sitting.body_id),
        Sentence("A decision was recorded: {title}.", "Une décision est consignée : {title}."),
        "/sittings/{object}",
    ),
    tell(
        "mandate.extended",
        BODY,
        lambda body, _: in_body(body.id),
        Sentence("The mandate of {title} was extended.", "Le mandat de {title} est prolongé."),
        "/bodies/{subject}",
    ),
    tell(
        "body.concluded",
        BODY,
        lambda body, _: in_body(body.id),
        Sentence("{title} has concluded its work.", "{title} a terminé ses travaux."),
        "/bodies/{subject}",
    ),
    tell(
        "successor.named",
        BODY,
        lambda body, _: in_body(body.id),
        Sentence("{title} has a successor.", "{title} a un successeur."),
        "/bodies/{subject}",
    ),
)

PLAN = (
    tell(
        "work_item.assigned",
        TOPIC,
        lambda item, _: item.body_id.in_(led_bodies),
        Sentence("A topic was given to your group: “{title}”.", "Un thème est confié à votre groupe : « {title} »."),
        "/plans/items/{subject}",
    ),
    *(
        tell(
            f"activity.{name}",
            ACTIVITY,
            lambda _, item: in_body(item.body_id),
            words,
            "/activities/{subject}",
            shows_due=name == "redated",
        )
        for name, words in (
            ("redated", Sentence("An activity has moved: “{title}”.", "Une activité est déplacée : « {title} ».")),
            ("completed", Sentence("An activity is done: “{title}”.", "Une activité est achevée : « {title} ».")),
            ("dropped", Sentence("An activity was dropped: “{title}”.", "Une activité est abandonnée : « {title} ».")),
        )
    ),
)

TEXTS = (
    tell(
        "version.issued",
        VERSION,
        takes_part,
        Sentence("A new version was issued: “{title}”.", "Une nouvelle version est diffusée : « {title} »."),
        "/texts/{subject}",
    ),
    tell(
        "edition.published",
        EDITION,
        takes_part,
        Sentence("A new edition was published: “{title}”.", "Une nouvelle édition est publiée : « {title} »."),
        "/texts/{object}",
    ),
    tell(
        "paper.issued",
        PAPER,
        nobody,
        Sentence("A paper was issued: “{title}”.", "Un document est diffusé : « {title} »."),
        "/papers/{subject}",
    ),
)
