"""Silence procedures, the objection that breaks one, statements and extensions: what they look like."""

from datetime import datetime

import strawberry

from server.domain.silence import policy, queries, rules
from server.domain.silence.rules import SilenceFacts, SilencePhaseFacts
from server.kernel.actor import Capacity
from server.models import silence as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.meetings import Decision, Sitting
from server.schema.bodies.types import WorkingBody
from server.schema.lists.groups import SILENCE_ORDERS, SilenceProcedureFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, computed, connection, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.scalars import Digest, TimeZone
from server.schema.texts.types import Provision
from server.schema.vocabulary import vocabulary
from server.vocabulary.silence import SilencePhase, SilenceStatus

for vocabulary_of_silence in (SilenceStatus, SilencePhase):
    vocabulary(vocabulary_of_silence)


@noun(tables.SilenceProcedure, queries.visible_procedures)
class SilenceProcedure(Node):
    """A decision of a body that exists from an instant on unless a Member objects before it.

    Members see it, parties of the capacities that it addresses and those that take part in the body, those who lead
    the body, and the Secretariat.
    """

    body: WorkingBody = to_one("The body that decides.", implied=True)
    title: str = column("What it is about, in a few words.")
    text: str = column("What is decided, word for word; it never changes.")
    subject: Node | None = to_any(
        "The issued version or the submitted proposal that it is about; null if there is none, or if the caller does "
        "not see it.",
        "subject_id",
    )
    text_digest: Digest = column("SHA-256 of the text and of the id of what it is about.")
    audience: list[Capacity] = computed(
        "Capacities of the parties that are heard; only Members can break the silence.",
        lambda _, facts, __: [capacity for capacity in Capacity if facts.addresses(capacity)],
        SilenceFacts,
    )
    opened_by: Delegate = to_one("The delegate who opened it.", implied=True)
    opened_at: datetime = column("Instant from which a Member can object.")
    expires_at: datetime = column("Last instant: an objection at it is too late, and the decision exists from it on.")
    zone: TimeZone = column("Time zone in which that was announced.")
    status: SilenceStatus = column("What people did with it; `phase` says where it stands now.")
    phase: SilencePhase = computed(
        "Where it stands now, by its status and the server's clock.",
        lambda _, facts, now: rules.phase_of(facts, now),
        SilencePhaseFacts,
    )
    decided_at: datetime | None = computed(
        "Instant since which the decision exists, recorded or not; null while there is none.",
        lambda _, facts, now: rules.decided_at(facts, now),
        SilencePhaseFacts,
    )
    settled_by: Delegate | None = to_one(
        "The delegate who recorded, referred, restarted or cancelled it; null if nobody did.", implied=True
    )
    settled_at: datetime | None = column("Instant at which that was done; null if it was not.")
    settlement: str | None = column("Why it was referred, restarted or cancelled; null without a reason.", or_null=True)
    sitting: Sitting | None = to_one("The sitting it was referred to; null if it was not.", implied=True)
    restarts: "SilenceProcedure | None" = to_one(
        "The broken procedure that this one takes the place of; null if it is the first.", implied=True
    )
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    objections: Connection["SilenceObjection"] = connection(
        "The objection that broke it: one at most.", on="procedure_id", order=("objected_at", "id")
    )
    statements: Connection["SilenceStatement"] = connection(
        "What parties said without breaking it, the earliest first.", on="procedure_id", order=("stated_at", "id")
    )
    extensions: Connection["SilenceExtension"] = connection(
        "Moves of its last instant, the earliest first.", on="procedure_id", order=("extended_at", "id")
    )
    decisions: Connection[Decision] = connection(
        "Decisions that sittings recorded on it, such as after it was referred, in the order in which they were "
        "recorded. What nobody objected to is decided without one.",
        on="subject_id",
        order=("recorded_at", "id"),
    )
    available_acts: list[AvailableAct] = acts_on("silence procedure", policy.ON_SILENCE, SilenceFacts)


@noun(tables.SilenceObjection, queries.visible_parts)
class SilenceObjection(Node):
    """The objection of a Member that broke a silence procedure. It never changes."""

    procedure: SilenceProcedure = to_one("The procedure.", implied=True)
    party: Party = to_one("The Member that objected.", implied=True)
    provision: Provision | None = to_one("The provision that it is about; null if it quotes words.", implied=True)
    passage: str | None = column("The words that it is about; null if it names a provision only.", or_null=True)
    reason: str = column("Why the Member objects.")
    objected_by: Delegate = to_one("The delegate who objected for the party.", implied=True)
    objected_at: datetime = column("Instant of the objection by the server's clock.")


@noun(tables.SilenceStatement, queries.visible_parts)
class SilenceStatement(Node):
    """What a party said in a silence procedure without breaking it. It never changes."""

    procedure: SilenceProcedure = to_one("The procedure.", implied=True)
    party: Party = to_one("The party that speaks.", implied=True)
    text: str = column("What it says.")
    stated_by: Delegate = to_one("The delegate who spoke for the party.", implied=True)
    stated_at: datetime = column("Instant of the statement.")


@noun(tables.SilenceExtension, queries.visible_parts)
class SilenceExtension(Node):
    """One move of the last instant of a silence procedure to a later one, and why. It never changes."""

    procedure: SilenceProcedure = to_one("The procedure.", implied=True)
    old_expires_at: datetime = column("Last instant before it.", "expires_before")
    new_expires_at: datetime = column("Last instant after it.", "expires_after")
    reason: str = column("Why it was moved.")
    extended_by: Delegate = to_one("The delegate who moved it.", implied=True)
    extended_at: datetime = column("Instant at which it was moved.")


@strawberry.type
class SilenceQueries:
    """Root fields about silence procedures."""

    silence_procedure: SilenceProcedure | None = one(
        "A silence procedure by its id; null if it does not exist or the caller does not see it.", "SilenceProcedure"
    )
    silence_procedures: Connection[SilenceProcedure] = many(
        "Silence procedures that the caller sees, the one that expires first at the front.",
        order=SILENCE_ORDERS,
        filter_type=SilenceProcedureFilter,
    )
