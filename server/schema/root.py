"""The schema: the root fields of every concept joined, and the scalars."""

from typing import Annotated

import strawberry
from graphql import GraphQLInputObjectType
from strawberry.schema.config import StrawberryConfig

from server.schema.acts import Refusing
from server.schema.applications.acts import ApplicationMutations
from server.schema.applications.types import ApplicationQueries
from server.schema.bodies.acts import BodyMutations
from server.schema.bodies.meetings import MeetingQueries
from server.schema.bodies.types import BodyQueries
from server.schema.calendars.types import CalendarMutations, CalendarQueries
from server.schema.calls.acts import CallMutations
from server.schema.calls.types import CallQueries
from server.schema.consolidation.acts import ConsolidationMutations
from server.schema.consolidation.previews import SettlementQueries
from server.schema.consolidation.roots import ConsolidationQueries
from server.schema.delegations.acts import DelegationMutations
from server.schema.delegations.types import DelegationQueries
from server.schema.forecast.overview import ForecastQueries
from server.schema.forecast.previews import ForecastPreviews
from server.schema.groups.acts import GroupMutations
from server.schema.groups.types import GroupQueries
from server.schema.journal.evidence import EvidenceQueries
from server.schema.journal.subscriptions import Subscription
from server.schema.journal.types import JournalQueries
from server.schema.neighbours.acts import NeighbourMutations
from server.schema.neighbours.roots import NeighbourQueries
from server.schema.neighbours.types import NeighbourInvitationQueries
from server.schema.notices.acts import NoticeMutations
from server.schema.notices.types import NoticeQueries
from server.schema.papers.acts import PaperMutations
from server.schema.papers.types import PaperQueries
from server.schema.parties.delegate_acts import DelegateMutations
from server.schema.parties.participants import ParticipantMutations, ParticipantQueries
from server.schema.parties.party_acts import PartyMutations
from server.schema.parties.person_acts import PersonMutations
from server.schema.parties.types import PartyQueries
from server.schema.planning.acts import PlanningMutations
from server.schema.planning.types import PlanningQueries
from server.schema.proposals.acts import ProposalMutations
from server.schema.proposals.instructions import InstructionQueries
from server.schema.proposals.previews import MechanismPreviews
from server.schema.proposals.returning import ReturnedQueries
from server.schema.proposals.roots import ProposalQueries
from server.schema.reads.kinds import NOUNS, Node
from server.schema.reads.pages import LARGEST_PAGE, bad_input
from server.schema.reads.roots import IDENTIFIER, node_of, nodes_of
from server.schema.rights.types import RightsQueries
from server.schema.rounds.alike import AlikeQueries
from server.schema.rounds.comment_acts import CommentMutations
from server.schema.rounds.previews import WordingQueries
from server.schema.rounds.roots import RoundQueries
from server.schema.rounds.round_acts import RoundMutations
from server.schema.rounds.thread_acts import ThreadMutations
from server.schema.rounds.thread_roots import ThreadQueries
from server.schema.scalars import SCALARS
from server.schema.silence.acts import SilenceMutations
from server.schema.silence.types import SilenceQueries
from server.schema.sittings.acts import SittingMutations
from server.schema.sittings.types import SittingQueries
from server.schema.texts.acts import TextMutations
from server.schema.texts.outlines import OutlineQueries
from server.schema.texts.reading import ReadingQueries
from server.schema.texts.roots import TextQueries
from server.schema.texts.terms import TermQueries
from server.schema.triage.acts import TriageMutations
from server.schema.triage.coverage import CoverageQueries
from server.schema.triage.roots import TriageQueries
from server.schema.viewer.brief import BriefQueries
from server.schema.viewer.types import ViewerQueries
from server.schema.whatif.roots import WhatIfQueries
from server.schema.wholes import all_or_nothing
from server.schema.workplan.acts import PlanKeepingMutations, WorkPlanMutations
from server.schema.workplan.previews import WorkPlanPreviews
from server.schema.workplan.types import WorkPlanQueries

PAPER_FIELDS = frozenset(
    {
        *("importText", "readDocument", "importWorkPlan", "previewWorkPlan"),
        *("importParticipants", "previewParticipants"),
    }
)
"""The root fields that take a paper, and so a larger request than others."""

IDENTIFIERS = Annotated[
    list[strawberry.ID], strawberry.argument(description=f"The `id` of each object, at most {LARGEST_PAGE}.")
]


@strawberry.type(description="Everything that can be read. Lists and counts hold only what the caller sees.")
class Query(
    ViewerQueries,
    PartyQueries,
    ParticipantQueries,
    ApplicationQueries,
    BodyQueries,
    MeetingQueries,
    TextQueries,
    TermQueries,
    OutlineQueries,
    ReadingQueries,
    RoundQueries,
    DelegationQueries,
    CallQueries,
    TriageQueries,
    CoverageQueries,
    BriefQueries,
    ProposalQueries,
    ReturnedQueries,
    NeighbourQueries,
    NeighbourInvitationQueries,
    WhatIfQueries,
    WorkPlanQueries,
    PlanningQueries,
    ForecastQueries,
    ForecastPreviews,
    ConsolidationQueries,
    WordingQueries,
    ThreadQueries,
    AlikeQueries,
    SettlementQueries,
    WorkPlanPreviews,
    MechanismPreviews,
    InstructionQueries,
    PaperQueries,
    SittingQueries,
    SilenceQueries,
    GroupQueries,
    JournalQueries,
    EvidenceQueries,
    RightsQueries,
    NoticeQueries,
    CalendarQueries,
):
    """The root of reads."""

    @strawberry.field(
        description="An object of any type by its id; null if it does not exist or the caller does not see it."
    )
    async def node(self, info: strawberry.Info, id: IDENTIFIER) -> Node | None:
        """Return the object with this id."""
        return await node_of(info, id)  # type: ignore[no-any-return]

    @strawberry.field(
        description="Objects of any type, in the order of `ids`; null for each that does not exist or that the "
        "caller does not see."
    )
    async def nodes(self, info: strawberry.Info, ids: IDENTIFIERS) -> list[Node | None]:
        """Return the objects with these ids. Raise a GraphQL error (BAD_REQUEST) for too many."""
        if len(ids) > LARGEST_PAGE:
            raise bad_input(f"At most {LARGEST_PAGE} ids at once.")
        return await nodes_of(info, ids)  # type: ignore[no-any-return]


@strawberry.type(
    description="Everything that can be done. Each act is one transaction and one entry of the journal; with "
    "`@allOrNothing` all acts of an operation are one transaction."
)
class Mutation(
    PartyMutations,
    ParticipantMutations,
    DelegateMutations,
    PersonMutations,
    ApplicationMutations,
    BodyMutations,
    TextMutations,
    RoundMutations,
    CommentMutations,
    DelegationMutations,
    CallMutations,
    TriageMutations,
    ThreadMutations,
    ProposalMutations,
    NeighbourMutations,
    WorkPlanMutations,
    PlanKeepingMutations,
    PlanningMutations,
    ConsolidationMutations,
    PaperMutations,
    SittingMutations,
    SilenceMutations,
    GroupMutations,
    NoticeMutations,
    CalendarMutations,
):
    """The root of acts."""


schema = strawberry.Schema(
    Query,
    Mutation,
    Subscription,
    types=[noun.type for noun in NOUNS.values()],
    directives=[all_or_nothing],
    exception_handlers=[Refusing()],
    config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
)


def mark_one_of() -> None:
    """Let graphql-core know of the inputs of which exactly one field is sent: Strawberry checks them elsewhere."""
    for named in schema._schema.type_map.values():
        definition = named.extensions.get("strawberry-definition")
        if isinstance(named, GraphQLInputObjectType) and definition is not None and definition.is_one_of:
            named.is_one_of = True


mark_one_of()
