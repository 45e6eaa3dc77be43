"""Who may do what with an amendment proposal, and the acts that follow from it. Pure."""

from server.domain.proposals.rules.deferring import unless_waiting, while_own_group_considers, while_waiting
from server.domain.proposals.rules.life import (
    not_yet_confirmed,
    not_yet_declined,
    version_is_issued,
    while_cycle_is_open,
    while_stale,
)
from server.domain.proposals.rules.taking_over import once_confirmed, while_left
from server.kernel.acts import Act
from server.kernel.conditions import a_party, an_officer, leads_body, own_focal_point, own_party, the_secretariat
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE

MECHANISM = "Update and maintenance mechanism of the E-Commerce Package, as agreed by the PTC in October 2022"
MODEL = "Handling of the 38 formal proposals of 2022/23; roles as in the WGEC intersessional chart of September 2018"
TAKING_OVER = (
    "Rules of procedure of assemblies, by which others may take up at once what its sponsor withdraws; between "
    "sittings, within the days that the mechanism gives"
)
WAITING = "Deferral of 22 of 34 Data Maintenance Requests in May 2018, until the e-commerce dataset was finished"


record_mechanism = Act("record_mechanism", "mechanism.recorded", an_officer, (), MECHANISM)
open_cycle = Act("open_cycle", "cycle.opened", the_secretariat, (), MECHANISM)
draft_proposal = Act("draft_proposal", "proposal.drafted", a_party, (version_is_issued,), MECHANISM)
revise_proposal = Act(
    "revise_proposal", "proposal.revised", own_party, (PROPOSAL_LIFECYCLE.allows("revise_proposal"),), MODEL
)
confirm_co_sponsorship = Act(
    "confirm_co_sponsorship",
    "co_sponsorship.confirmed",
    own_focal_point,
    (PROPOSAL_LIFECYCLE.allows("confirm_co_sponsorship"), not_yet_confirmed),
    MODEL,
)
decline_co_sponsorship = Act(
    "decline_co_sponsorship",
    "co_sponsorship.declined",
    own_focal_point,
    (PROPOSAL_LIFECYCLE.allows("decline_co_sponsorship"), not_yet_declined),
    MODEL,
)
submit_proposal = Act(
    "submit_proposal",
    "proposal.submitted",
    own_focal_point,
    (PROPOSAL_LIFECYCLE.allows("submit_proposal"), while_cycle_is_open),
    MECHANISM,
)
withdraw_proposal = Act(
    "withdraw_proposal", "proposal.withdrawn", own_focal_point, (PROPOSAL_LIFECYCLE.allows("withdraw_proposal"),), MODEL
)
take_over_proposal = Act(
    "take_over_proposal",
    "proposal.taken_over",
    own_focal_point,
    (PROPOSAL_LIFECYCLE.allows("take_over_proposal"), while_left, once_confirmed),
    TAKING_OVER,
)
register_proposal = Act(
    "register_proposal",
    "proposal.registered",
    the_secretariat,
    (PROPOSAL_LIFECYCLE.allows("register_proposal"),),
    MODEL,
)
return_proposal = Act(
    "return_proposal", "proposal.returned", the_secretariat, (PROPOSAL_LIFECYCLE.allows("return_proposal"),), MODEL
)
assign_proposal = Act(
    "assign_proposal",
    "proposal.assigned",
    the_secretariat,
    (PROPOSAL_LIFECYCLE.allows("assign_proposal"), unless_waiting),
    MODEL,
)
defer_proposal = Act(
    "defer_proposal",
    "proposal.deferred",
    leads_body | the_secretariat,
    (PROPOSAL_LIFECYCLE.allows("defer_proposal"),),
    WAITING,
    personally=(while_own_group_considers,),
)
resume_proposal = Act(
    "resume_proposal",
    "proposal.resumed",
    the_secretariat,
    (PROPOSAL_LIFECYCLE.allows("resume_proposal"), while_waiting),
    WAITING,
)
record_view = Act(
    "record_view", "view.recorded", leads_body | the_secretariat, (PROPOSAL_LIFECYCLE.allows("record_view"),), MODEL
)
conclude_consideration = Act(
    "conclude_consideration",
    "consideration.concluded",
    leads_body | the_secretariat,
    (PROPOSAL_LIFECYCLE.allows("conclude_consideration"),),
    MODEL,
)
decide_proposal = Act(
    "decide_proposal", "proposal.decided", the_secretariat, (PROPOSAL_LIFECYCLE.allows("decide_proposal"),), MECHANISM
)
restate_amendment = Act(
    "restate_amendment",
    "amendment.restated",
    own_focal_point,
    (PROPOSAL_LIFECYCLE.allows("restate_amendment"), while_stale),
    MODEL,
)

ON_PROPOSAL = (
    revise_proposal,
    submit_proposal,
    withdraw_proposal,
    register_proposal,
    return_proposal,
    assign_proposal,
    defer_proposal,
    resume_proposal,
    record_view,
    conclude_consideration,
    decide_proposal,
)
"""The acts that a proposal offers."""
ON_CO_SPONSOR = (confirm_co_sponsorship, decline_co_sponsorship, take_over_proposal)
"""The acts that a co-sponsorship offers."""
ON_AMENDMENT = (restate_amendment,)
"""The acts that an amendment offers."""
ACTS = (record_mechanism, open_cycle, draft_proposal, *ON_PROPOSAL, *ON_CO_SPONSOR, *ON_AMENDMENT)
