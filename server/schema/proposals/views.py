"""What a group makes of an amendment."""

from datetime import datetime

from server.domain.proposals import queries
from server.models import proposals as tables
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, column, noun, to_one
from server.schema.vocabulary import vocabulary
from server.vocabulary.proposals import GroupView

vocabulary(GroupView)


@noun(tables.AmendmentView, queries.visible_views)
class AmendmentView(Node):
    """The view of a group on one amendment. It can be corrected while the proposal is under consideration."""

    view: GroupView = column("Whether the group agrees.")
    reason: str | None = column("Reason for the view; null for AGREED only.", or_null=True)
    recorded_by: Delegate = to_one("The delegate who recorded the view.", implied=True)
    recorded_at: datetime = column("Instant of recording.")
