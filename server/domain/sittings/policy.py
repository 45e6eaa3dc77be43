"""Who calls sittings, keeps their agendas and reports, and reserves a position to a decision. Pure."""

from server.domain.sittings.rules.agenda import (
    AgendaItemFacts,
    LyingFacts,
    ReservationFacts,
    item_stands,
    paper_lies,
    reservation_stands,
)
from server.domain.sittings.rules.meeting import MeetingFacts, not_cancelled, once_begun, while_not_over
from server.kernel.actor import Capacity
from server.kernel.acts import Act, Condition
from server.kernel.conditions import leads_body, own_focal_point, the_secretariat

CALLING = "The Secretariat calls the sittings of the bodies; the PTC of April 2020 became document-based"
AGENDAS = "Agenda of the PTC of October 2019: numbered items with purposes, and papers under them"
REPORTS = "Later texts cite decisions by document and paragraph, such as para 68 of SP0250"
RESERVING = "Members reserve their position to a decision that stands; it is read beside the decision"

a_member: Condition[object] = Condition(
    "the focal point of a Member", lambda actor, _: actor.capacity == Capacity.MEMBER and actor.is_focal_point
)

call_sitting: Act[object] = Act("call_sitting", "sitting.called", the_secretariat, (), CALLING)
move_sitting: Act[MeetingFacts] = Act(
    "move_sitting", "sitting.moved", the_secretariat, (not_cancelled, while_not_over), CALLING
)
cancel_sitting: Act[MeetingFacts] = Act(
    "cancel_sitting", "sitting.cancelled", the_secretariat, (not_cancelled, while_not_over), CALLING
)
arrange_documents: Act[object] = Act("arrange_documents", "documents.arranged", the_secretariat, (), CALLING)
place_item: Act[MeetingFacts] = Act(
    "place_item", "item.placed", leads_body | the_secretariat, (not_cancelled,), AGENDAS
)
revise_item: Act[AgendaItemFacts] = Act(
    "revise_item", "item.revised", leads_body | the_secretariat, (not_cancelled, item_stands), AGENDAS
)
withdraw_item: Act[AgendaItemFacts] = Act(
    "withdraw_item", "item.withdrawn", leads_body | the_secretariat, (not_cancelled, item_stands), AGENDAS
)
lay_paper: Act[AgendaItemFacts] = Act(
    "lay_paper", "paper.laid", leads_body | the_secretariat, (not_cancelled, item_stands), AGENDAS
)
withdraw_paper: Act[LyingFacts] = Act(
    "withdraw_paper", "paper.withdrawn", leads_body | the_secretariat, (paper_lies,), AGENDAS
)
write_paragraph: Act[MeetingFacts] = Act(
    "write_paragraph", "paragraph.written", the_secretariat, (not_cancelled, once_begun), REPORTS
)
make_reservation: Act[object] = Act("make_reservation", "reservation.made", a_member, (), RESERVING)
withdraw_reservation: Act[ReservationFacts] = Act(
    "withdraw_reservation", "reservation.withdrawn", own_focal_point, (reservation_stands,), RESERVING
)

ON_BODY = (call_sitting, arrange_documents)
"""The acts that a body offers."""
ON_SITTING = (move_sitting, cancel_sitting, place_item, write_paragraph)
"""The acts that a sitting offers."""
ON_ITEM = (revise_item, withdraw_item, lay_paper)
"""The acts that an item of an agenda offers."""
ON_LAID_PAPER = (withdraw_paper,)
"""The acts that a paper under an item offers."""
ON_DECISION = (make_reservation,)
"""The acts that a decision offers."""
ON_RESERVATION = (withdraw_reservation,)
"""The acts that a reservation offers."""
ACTS = (*ON_BODY, *ON_SITTING, *ON_ITEM, *ON_LAID_PAPER, *ON_DECISION, *ON_RESERVATION)
