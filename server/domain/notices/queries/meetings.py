"""What is told of sittings that are called, silence procedures, and the nominations, promises and reports of groups."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from server.domain.notices.queries.kinds import Moment, ObjectKind, Of, Telling, in_body, tell
from server.domain.notices.queries.objects import BODY, GROUP_REPORT, NOMINATION, PROMISE, SILENCE, SITTING
from server.domain.notices.queries.rounds import takes_part
from server.domain.notices.rules.words import Sentence
from server.kernel.predicates import actor_party, is_own_focal_point, is_secretariat, led_bodies
from server.vocabulary.groups import NominationStatus, PromiseStatus
from server.vocabulary.silence import SilenceStatus


def _is_in_its_body(subject: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller takes part in the body that the subject belongs to."""
    return in_body(subject.body_id)


def _who_sees(_subject: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that holds for everybody who sees the subject."""
    return true()


def _leads_its_body(subject: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller leads the body that the subject belongs to."""
    return or_(subject.body_id.in_(led_bodies))


def _is_its_party(subject: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the subject is about the caller's party."""
    return and_(subject.party_id == actor_party)


def _answers_nomination(nomination: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller answers a nomination that waits for its party."""
    waits = nomination.status == NominationStatus.NOMINATED
    return and_(nomination.party_id == actor_party, is_own_focal_point, waits)


def _agrees_nomination(nomination: Any, group: Any) -> ColumnElement[bool]:
    """Return the condition that the caller answers for the body above, which has not agreed yet."""
    return and_(or_(is_secretariat, group.parent_id.in_(led_bodies)), nomination.status == NominationStatus.ACCEPTED)


def _answers_promise(promise: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party is asked for a promise and has not answered."""
    return and_(promise.party_id == actor_party, promise.status == PromiseStatus.ASKED)


def _owes_promise(promise: Any, _parent: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party has made a promise that is not kept yet."""
    return and_(promise.party_id == actor_party, promise.status == PromiseStatus.MADE)


def _say(act: str, kind: ObjectKind, whom: Of, english: str, french: str, page: str, **more: Any) -> Telling:
    """Return the row of an act by its two sentences."""
    return tell(act, kind, whom, Sentence(english, french), page, **more)


_SITTING_PAGE, _SILENCE_PAGE = "/sittings/{subject}", "/silence/{subject}"
_LATE_OBJECTION = timedelta(seconds=30)
"""How long after the last instant an objection that came before it may still be on its way."""
_UNRECORDED = timedelta(days=30)
"""How long after the last instant it is told, by a server that was away."""
_UNBROKEN = (SilenceStatus.OPENED, SilenceStatus.RECORDED)
_NOMINATION_PAGE, _PROMISE_PAGE, _REPORT_PAGE = (
    "/nominations/{subject}",
    "/promises/{subject}",
    "/group-reports/{subject}",
)

EXPIRIES = (
    Moment(
        "silence.adopted",
        SILENCE,
        -_LATE_OBJECTION,
        lambda procedure, _: procedure.status == SilenceStatus.OPENED,
        lambda procedure, _: and_(~is_secretariat, procedure.status.in_(_UNBROKEN)),
        Sentence("Nobody objected to “{title}”: it is decided.", "Adopté sans objection : « {title} »."),
        _SILENCE_PAGE,
        is_personal=False,
        shows_due=False,
        reach=_UNRECORDED,
    ),
    Moment(
        "silence.unrecorded",
        SILENCE,
        -_LATE_OBJECTION,
        lambda procedure, _: procedure.status == SilenceStatus.OPENED,
        lambda procedure, _: and_(is_secretariat, procedure.status == SilenceStatus.OPENED),
        Sentence(
            "Nobody objected to “{title}”: record the decision.",
            "Aucune objection : consignez la décision « {title} ».",
        ),
        _SILENCE_PAGE,
        shows_due=False,
        reach=_UNRECORDED,
    ),
)
"""What is told when a silence procedure expires: the decision exists from then on, and the Secretariat records it."""

MEETINGS: tuple[Telling, ...] = (
    *(
        _say(f"sitting.{name}", SITTING, _is_in_its_body, english, french, _SITTING_PAGE, is_pressing=name != "called")
        for name, english, french in (
            ("called", "A sitting of {title} was called.", "Une session de {title} est convoquée."),
            ("moved", "A sitting of {title} was moved.", "Une session de {title} est déplacée."),
            ("cancelled", "A sitting of {title} was called off.", "Une session de {title} est annulée."),
        )
    ),
    *(
        _say(
            *(f"silence.{name}", SILENCE, whom, english, french, _SILENCE_PAGE),
            shows_due=shows_due,
            same_as=("silence.adopted",) if name == "recorded" else (),
        )
        for name, shows_due, english, french in (
            (
                "opened",
                True,
                "“{title}” will be decided unless a Member objects.",
                "Sauf objection d’un Membre, décision sera prise : « {title} ».",
            ),
            (
                "restarted",
                True,
                "“{title}” will be decided anew unless a Member objects.",
                "Nouvelle procédure de silence, sauf objection d’un Membre : « {title} ».",
            ),
            (
                "extended",
                True,
                "Members can object longer: “{title}”.",
                "Délai prolongé : « {title} ».",
            ),
            ("broken", False, "A Member objected to “{title}”.", "Un Membre s’est opposé à « {title} »."),
            ("cancelled", False, "“{title}” is not decided by silence.", "Procédure de silence annulée : « {title} »."),
            (
                "recorded",
                False,
                "Nobody objected: “{title}” is decided.",
                "Décidé sans objection : « {title} ».",
            ),
            ("referred", False, "“{title}” goes to a sitting.", "Question renvoyée à une session : « {title} »."),
        )
        # The Secretariat restarts or refers what was broken.
        for whom in [_who_sees if name == "broken" else takes_part]
    ),
    _say(
        "nomination.made",
        NOMINATION,
        _answers_nomination,
        "Your party is named for a function in {title}.",
        "Votre partie est désignée pour une fonction dans {title}.",
        _NOMINATION_PAGE,
        is_personal=True,
    ),
    _say(
        "nomination.accepted",
        NOMINATION,
        _agrees_nomination,
        "A party accepts a function in {title}: agree to it.",
        "Une partie accepte une fonction dans {title} : donnez votre accord.",
        _NOMINATION_PAGE,
        is_personal=True,
    ),
    _say(
        "nomination.declined",
        NOMINATION,
        lambda nomination, group: or_(nomination.body_id.in_(led_bodies), group.parent_id.in_(led_bodies)),
        "A party does not take a function in {title}.",
        "Une partie n’accepte pas de fonction dans {title}.",
        _NOMINATION_PAGE,
    ),
    *(
        _say(f"nomination.{name}", NOMINATION, _is_its_party, english, french, _NOMINATION_PAGE)
        for name, english, french in (
            ("agreed", "Your party has its function in {title}.", "Votre partie a sa fonction dans {title}."),
            (
                "withdrawn",
                "Your party is no longer named for a function in {title}.",
                "Votre partie n’est plus désignée pour une fonction dans {title}.",
            ),
        )
    ),
    _say(
        "promise.asked",
        PROMISE,
        _answers_promise,
        "A group asks your party: “{title}”.",
        "Un groupe sollicite votre partie : « {title} ».",
        _PROMISE_PAGE,
        is_personal=True,
    ),
    _say(
        "promise.nudged",
        PROMISE,
        _owes_promise,
        "A group waits for what your party promised: “{title}”.",
        "Un groupe attend ce à quoi votre partie s’est engagée : « {title} ».",
        _PROMISE_PAGE,
        is_pressing=True,
        is_personal=True,
    ),
    *(
        _say(f"promise.{name}", PROMISE, _leads_its_body, english, french, _PROMISE_PAGE, shows_due=shows_due)
        for name, shows_due, english, french in (
            (
                "made",
                True,
                "A party promises: “{title}”.",
                "Une partie s’engage : « {title} ».",
            ),
            ("accepted", True, "A party accepts to do: “{title}”.", "Une partie accepte de faire : « {title} »."),
            ("declined", False, "A party declines to do: “{title}”.", "Une partie refuse de faire : « {title} »."),
            (
                "kept",
                False,
                "A party has kept its promise: “{title}”.",
                "Une partie a tenu son engagement : « {title} ».",
            ),
            (
                "handed_back",
                False,
                "A party hands back: “{title}”.",
                "Une partie se désiste de son engagement : « {title} ».",
            ),
        )
    ),
    *(
        _say(f"group_report.{name}", GROUP_REPORT, _is_in_its_body, english, french, _REPORT_PAGE)
        for name, english, french in (
            (
                "circulated",
                "A report of your group is out: “{title}”.",
                "Un rapport circule : « {title} ».",
            ),
            (
                "adopted",
                "A report of your group is adopted: “{title}”.",
                "Rapport du groupe adopté : « {title} ».",
            ),
        )
    ),
    _say(
        "items.transferred",
        BODY,
        lambda body, _: or_(in_body(body.id), body.successor_id.in_(led_bodies)),
        "The open work of {title} went to its successor.",
        "Les travaux en cours de {title} passent à son successeur.",
        "/bodies/{subject}",
    ),
)
