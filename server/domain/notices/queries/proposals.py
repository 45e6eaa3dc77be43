"""What is told of review cycles, proposals, and invitations between their proponents."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from server.domain.notices.queries.kinds import Telling, tell
from server.domain.notices.queries.objects import CYCLE, NEIGHBOUR_INVITATION, PROPOSAL
from server.domain.notices.queries.rounds import takes_part
from server.domain.notices.rules.words import Sentence
from server.kernel.predicates import actor_party, is_own_focal_point, is_secretariat, led_bodies, present
from server.models.proposals import CoSponsor
from server.models.taking_over import is_left, is_proponent, was_proponent
from server.vocabulary.neighbours import NeighbourInvitationStatus
from server.vocabulary.proposals import ProposalStatus

PROPOSAL_PAGE = "/proposals/{subject}"
NEIGHBOUR_PAGE = "/neighbour-invitations/{subject}"


def stands_behind(proposal: Any, work: Any) -> ColumnElement[bool]:
    """Return the condition that a proposal is the caller's party's, or that the party confirmed to sponsor it."""
    sponsor = aliased(CoSponsor)
    confirmed = (sponsor.party_id == actor_party, sponsor.confirmed_at.is_not(None))
    joined = select(sponsor.id).where(sponsor.proposal_id == proposal.id, *confirmed).exists()
    return or_(is_proponent(proposal, work), joined)


def _can_take_over(proposal: Any, work: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party can take a withdrawn proposal over, as those who speak for it see.

    It confirmed to co-sponsor it, and did not withdraw it itself.
    """
    sponsor = aliased(CoSponsor)
    confirmed = (sponsor.party_id == actor_party, sponsor.confirmed_at.is_not(None))
    joined = select(sponsor.id).where(sponsor.proposal_id == proposal.id, *confirmed).exists()
    return and_(is_left(work, present), joined, ~is_proponent(proposal, work))


def _is_asked_to_join(proposal: Any, _work: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party is asked to sponsor a draft and has not answered."""
    sponsor = aliased(CoSponsor)
    waits = (sponsor.party_id == actor_party, sponsor.confirmed_at.is_(None), sponsor.declined_at.is_(None))
    request = select(sponsor.id).where(sponsor.proposal_id == proposal.id, *waits).exists()
    return and_(proposal.submitted_at.is_(None), is_own_focal_point, request)


def _answers_invitation(invitation: Any, _proposal: Any) -> ColumnElement[bool]:
    """Return the condition that the caller answers an invitation that waits for its party."""
    waits = invitation.status == NeighbourInvitationStatus.OPEN
    return and_(invitation.neighbour_party_id == actor_party, is_own_focal_point, waits)


NEIGHBOURS = (
    tell(
        "neighbour.invited",
        NEIGHBOUR_INVITATION,
        _answers_invitation,
        Sentence(
            "Your party is invited to talk about the proposal “{title}”, which meets yours.",
            "Votre partie est invitée à se concerter au sujet de la proposition « {title} », qui recoupe la vôtre.",
        ),
        NEIGHBOUR_PAGE,
        is_personal=True,
    ),
    *(
        tell(
            f"neighbour_invitation.{name}",
            NEIGHBOUR_INVITATION,
            lambda invitation, _: and_(invitation.party_id == actor_party),
            words,
            NEIGHBOUR_PAGE,
            is_personal=True,
        )
        for name, words in (
            (
                "accepted",
                Sentence(
                    "A party accepts your invitation about the proposal “{title}”.",
                    "Une partie accepte votre invitation au sujet de la proposition « {title} ».",
                ),
            ),
            (
                "declined",
                Sentence(
                    "A party declines your invitation about the proposal “{title}”.",
                    "Une partie décline votre invitation au sujet de la proposition « {title} ».",
                ),
            ),
        )
    ),
)

PROPOSALS = (
    tell(
        "cycle.opened",
        CYCLE,
        takes_part,
        Sentence(
            "A review cycle takes proposals: “{title}”.", "Un cycle de révision reçoit des propositions : « {title} »."
        ),
        "/cycles",
    ),
    *(
        Telling(
            f"co_sponsorship.asked.{act.removeprefix('proposal.')}",
            act,
            PROPOSAL,
            _is_asked_to_join,
            Sentence(
                "Your party is asked to sponsor the proposal “{title}”.",
                "Votre partie est invitée à parrainer la proposition « {title} ».",
            ),
            PROPOSAL_PAGE,
            is_personal=True,
        )
        for act in ("proposal.drafted", "proposal.revised")
    ),
    tell(
        "co_sponsorship.confirmed",
        PROPOSAL,
        is_proponent,
        Sentence("A party sponsors your proposal “{title}”.", "Une partie parraine votre proposition « {title} »."),
        PROPOSAL_PAGE,
        is_personal=True,
    ),
    tell(
        "co_sponsorship.declined",
        PROPOSAL,
        is_proponent,
        Sentence(
            "A party does not sponsor your proposal “{title}”.",
            "Une partie ne parraine pas votre proposition « {title} ».",
        ),
        PROPOSAL_PAGE,
        is_personal=True,
    ),
    tell(
        "proposal.submitted",
        PROPOSAL,
        lambda _, work: and_(is_secretariat, work.number.is_(None)),
        Sentence("The proposal “{title}” waits for its number.", "La proposition « {title} » attend son numéro."),
        PROPOSAL_PAGE,
        is_personal=True,
    ),
    tell(
        "proposal.returned",
        PROPOSAL,
        lambda proposal, work: and_(stands_behind(proposal, work), work.status == ProposalStatus.RETURNED),
        Sentence(
            "The proposal “{title}” was returned for formal defects: mend it, and submit it again.",
            "La proposition « {title} » est renvoyée pour vices de forme : corrigez-la et soumettez-la à nouveau.",
        ),
        PROPOSAL_PAGE,
        is_personal=True,
    ),
    tell(
        "proposal.registered",
        PROPOSAL,
        stands_behind,
        Sentence("The proposal “{title}” has its number.", "La proposition « {title} » est enregistrée."),
        PROPOSAL_PAGE,
    ),
    tell(
        "proposal.assigned",
        PROPOSAL,
        lambda proposal, work: or_(stands_behind(proposal, work), work.body_id.in_(led_bodies)),
        Sentence("The proposal “{title}” was given to a group.", "La proposition « {title} » est confiée à un groupe."),
        PROPOSAL_PAGE,
    ),
    tell(
        "view.recorded",
        PROPOSAL,
        stands_behind,
        Sentence(
            "The group gave its view on the proposal “{title}”.",
            "Le groupe a donné son avis sur la proposition « {title} ».",
        ),
        PROPOSAL_PAGE,
    ),
    tell(
        "consideration.concluded",
        PROPOSAL,
        stands_behind,
        Sentence("The group has considered the proposal “{title}”.", "Le groupe a examiné la proposition « {title} »."),
        PROPOSAL_PAGE,
    ),
    tell(
        "proposal.decided",
        PROPOSAL,
        stands_behind,
        Sentence(
            "There is a decision on the proposal “{title}”.", "Une décision est prise sur la proposition « {title} »."
        ),
        PROPOSAL_PAGE,
    ),
    Telling(
        "proposal.left",
        "proposal.withdrawn",
        PROPOSAL,
        _can_take_over,
        Sentence(
            "The proposal “{title}”, which your party co-sponsors, was withdrawn: your party can take it over.",
            "La proposition « {title} », que parraine votre partie, est retirée : votre partie peut la reprendre.",
        ),
        PROPOSAL_PAGE,
        is_personal=True,
    ),
    tell(
        "proposal.withdrawn",
        PROPOSAL,
        lambda proposal, work: and_(
            or_(stands_behind(proposal, work), work.body_id.in_(led_bodies)), ~_can_take_over(proposal, work)
        ),
        Sentence("The proposal “{title}” was withdrawn.", "La proposition « {title} » est retirée."),
        PROPOSAL_PAGE,
    ),
    tell(
        "proposal.taken_over",
        PROPOSAL,
        lambda proposal, work: or_(
            stands_behind(proposal, work), was_proponent(proposal.id), is_secretariat, work.body_id.in_(led_bodies)
        ),
        Sentence(
            "The proposal “{title}” has a new proponent: a co-sponsor took it over.",
            "La proposition « {title} » a un nouvel auteur : une partie qui la parrainait l’a reprise.",
        ),
        PROPOSAL_PAGE,
    ),
)
