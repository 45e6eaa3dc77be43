"""Lists of participants: the import from a sheet, a preview of it, and the list of known parties."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from server.domain.parties import policy, queries
from server.domain.parties.actions import participants
from server.domain.parties.actions.participants import ParticipantSheet
from server.kernel.actor import Capacity
from server.models import parties as tables
from server.schema.acts import RefusalType, key_field
from server.schema.context import Context
from server.schema.lengths import say_limits, tidy
from server.schema.lists.parties import PARTICIPANT_LIST_ORDERS, ParticipantListFilter
from server.schema.mutations import act_field
from server.schema.parties.delegate_acts import TERMS
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, column, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import fact, many, one
from server.schema.scalars import Digest
from server.schema.sent import ensure_storable
from server.schema.vocabulary import vocabulary
from server.vocabulary.known_parties import known_parties
from server.vocabulary.parties import Enrolment, PartyKind

vocabulary(Enrolment)


@noun(tables.ParticipantList, queries.visible_participant_lists)
class ParticipantList(Node):
    """A list of participants that was imported from a sheet, and what came of it. The Secretariat sees it."""

    source_name: str | None = column("Name of the file; null if none was given.", or_null=True)
    source_digest: Digest = column("SHA-256 of the sheet as it was sent, by which the same sheet is known again.")
    enrolment: Enrolment = column("What became of the people: invited, or accredited at once.")
    invited_count: int = column("Number of people who were invited.")
    accredited_count: int = column("Number of people who were accredited.")
    known_count: int = column("Number of people who were invited or accredited before.")
    imported_at: datetime = column("Instant of the import.")
    imported_by: Delegate = to_one("The delegate of the Secretariat who imported it.", implied=True)


@strawberry.input(description="A sheet with a list of participants, and what is to become of them.")
class ParticipantSheetWords:
    """Part of the input that imports a list, and of the one that previews it."""

    sheet: str = strawberry.field(
        description="The sheet: CSV as it is, or an XLSX file in Base64. One row has the headings of the columns: a "
        "party, a name (or first and last name) and an e-mail; and as you like a focal point (yes or no), a first and "
        "a last day, and the region of the party and the language, which are kept where none is on record. At most "
        "2,000 rows."
    )
    enrolment: Enrolment = strawberry.field(description="Whether the people are invited or accredited at once.")
    starts_on: date | None = strawberry.field(
        default=None, description="First day of rows that say none; without it today (UTC)."
    )
    ends_on: date | None = strawberry.field(
        default=None, description="Last day of rows that say none; without it no end is set."
    )

    def content(self) -> ParticipantSheet:
        """Return the sheet as the action takes it."""
        return ParticipantSheet(self.sheet, self.enrolment, self.starts_on, self.ends_on)


@strawberry.input(description="A list of participants to import.")
class ImportParticipantsInput(ParticipantSheetWords):
    """Input of `importParticipants`."""

    idempotency_key: str = key_field()
    source_name: str = strawberry.field(default="", description="Name of the file, at most 200 characters.")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"participants": self.content(), "source_name": self.source_name}


@strawberry.input(description="A list of participants to look at before it is imported.")
class PreviewParticipantsInput(ParticipantSheetWords):
    """The argument of `previewParticipants`."""


@strawberry.type(description="What an import of a list of participants would do. Nothing was written.")
class ParticipantsPreview:
    """The counts of what `server.domain.parties.actions.participants.prepare_import` returns."""

    new_count: int = strawberry.field(description="Number of people who would be invited or accredited.")
    known_count: int = strawberry.field(description="Number of people who were invited or accredited before.")
    party_count: int = strawberry.field(description="Number of parties for which somebody would be new.")
    focal_point_count: int = strawberry.field(description="Number of new people who would be focal points.")


PreviewParticipantsResult = Annotated[
    ParticipantsPreview | RefusalType,
    strawberry.union(
        "PreviewParticipantsResult", description="What an import would do. Or the refusal, with every row at fault."
    ),
]
say_limits(PreviewParticipantsInput)
INPUT = Annotated[PreviewParticipantsInput, strawberry.argument(description="The sheet, and what is to become of it.")]


@strawberry.type(description="A party of the packaged list of known parties, from which parties are admitted.")
class KnownParty:
    """The GraphQL form of `server.vocabulary.known_parties.KnownParty`."""

    name: str = strawberry.field(description="Full name.")
    short_name: str = strawberry.field(description="Short name.")
    further_names: list[str] = strawberry.field(description="Further names under which papers print it.")
    kind: PartyKind = strawberry.field(description="What sort of organization it is.")
    capacity: Capacity = strawberry.field(description="Capacity in which it takes part.")


@strawberry.type
class ParticipantListFact:
    """What every fact about a list of participants shows."""

    subject_id: strawberry.Private[str]
    participant_list: ParticipantList = fact("The list, with what came of it.")


@strawberry.type
class ParticipantMutations:
    """Acts on lists of participants."""

    import_participants = act_field(
        policy.import_participants,
        participants.import_participants,
        "Invite or accredit everybody in a sheet who is not there yet: all of them, or nobody.",
        input_type=ImportParticipantsInput,
        given=TERMS,
        outcome="A list of participants was imported. The same sheet again does nothing twice.",
        answer=ParticipantListFact,
        unlocked="it adds people and changes nobody who is there",
    )


@strawberry.type
class ParticipantQueries:
    """The root fields about lists of participants and known parties."""

    participant_list: ParticipantList | None = one(
        "A list of participants by its id; null if there is none or the caller does not see it.", "ParticipantList"
    )
    participant_lists: Connection[ParticipantList] = many(
        "Lists of participants that were imported, the newest first; empty unless the caller is of the Secretariat.",
        order=PARTICIPANT_LIST_ORDERS,
        filter_type=ParticipantListFilter,
    )

    @strawberry.field(
        description="Read a sheet as `importParticipants` would: what would be done, or the refusal that names every "
        "row at fault and every unknown party. Nothing is written. Null unless the caller is of the Secretariat."
    )
    async def preview_participants(self, info: strawberry.Info, input: INPUT) -> PreviewParticipantsResult | None:
        """Return the counts, or the refusal; None unless the caller is of the Secretariat."""
        context: Context = info.context
        if not (context.actor.is_secretariat and context.actor.reads):
            return None
        ensure_storable(tidy(input))
        async with context.database.studying() as session:
            enrolling = await participants.prepare_import(session, context.actor, context.now, input.content())
        return ParticipantsPreview(
            new_count=len(enrolling.new),
            known_count=enrolling.known,
            party_count=len({party_id for _, party_id in enrolling.new}),
            focal_point_count=sum(each.invited.is_focal_point for each, _ in enrolling.new),
        )

    @strawberry.field(
        description="The packaged list of known parties, without the Secretariat itself. A party that was admitted is "
        "in `parties`. Empty unless the caller is of the Secretariat."
    )
    def known_parties(self, info: strawberry.Info) -> list[KnownParty]:
        """Return the packaged table; nothing unless the caller is of the Secretariat."""
        actor = info.context.actor
        if not (actor.is_secretariat and actor.reads):
            return []
        return [
            KnownParty(
                name=party.name,
                short_name=party.short_name,
                further_names=list(party.names[2:]),
                kind=party.kind,
                capacity=party.capacity,
            )
            for party in known_parties()
            if party.capacity != Capacity.SECRETARIAT
        ]
