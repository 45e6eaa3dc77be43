"""What people do with amendment proposals. Every act goes the same way: visible, permitted, possible, well-formed,
done, recorded."""

from server.domain.proposals.actions.deciding import decide_proposal
from server.domain.proposals.actions.drafting import (
    confirm_co_sponsorship,
    draft_proposal,
    revise_proposal,
    submit_proposal,
    withdraw_proposal,
)
from server.domain.proposals.actions.handling import (
    assign_proposal,
    conclude_consideration,
    open_cycle,
    record_view,
    register_proposal,
)

__all__ = [
    "assign_proposal",
    "conclude_consideration",
    "confirm_co_sponsorship",
    "decide_proposal",
    "draft_proposal",
    "open_cycle",
    "record_view",
    "register_proposal",
    "revise_proposal",
    "submit_proposal",
    "withdraw_proposal",
]
