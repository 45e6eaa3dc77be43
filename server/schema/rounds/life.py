"""The life of a round: the steps that people take with it, and the requests to comment after the close."""

from datetime import datetime

from server.domain.rounds import life, policy, queries
from server.domain.rounds.rules.facts import AdmissionFacts
from server.domain.rounds.rules.late import state_of
from server.models import calling as tables
from server.models import rounds
from server.schema.acts import AvailableAct, acts_on
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, computed, noun, to_one
from server.schema.vocabulary import vocabulary
from server.vocabulary.calling import LateState, RoundScope, RoundStepKind

for vocabulary_of_life in (RoundScope, RoundStepKind, LateState):
    vocabulary(vocabulary_of_life)


@noun(tables.RoundStep, life.visible_steps)
class RoundStep(Node):
    """One step that people took with a round, and why. Extensions are listed by themselves."""

    kind: RoundStepKind = column("What was done.")
    reason: str | None = column("Why; null for a report.", or_null=True)
    taken_by: Delegate = to_one("The delegate who took it.", implied=True)
    taken_at: datetime = column("Instant of the step.")
    old_closes_at: datetime | None = column(
        "Closing instant before the step; null if it did not move.", "closes_before"
    )
    new_closes_at: datetime | None = column("Closing instant after the step; null if it did not move.", "closes_after")
    changed: list[str] = column("Terms that were corrected, by the names of the fields of `reviseRound`.")


@noun(tables.LateAdmission, life.visible_admissions)
class LateAdmission(Node):
    """A party's request to comment after the close of a round, and the answer; asked again, it begins anew.

    The party sees it, those who lead the body of the round, and the Secretariat.
    """

    party: Party = to_one("The party that asks.", implied=True)
    status: LateState = computed("What became of the request.", state_of, AdmissionFacts)
    reason: str = column("Why the party is late.")
    asked_by: Delegate = to_one("The delegate who asked.", implied=True)
    asked_at: datetime = column("Instant of the request.")
    ends_at: datetime | None = column(
        "Instant until which, and not including, the party may file; null while it was never admitted.",
        "admitted_until",
    )
    answer: str | None = column("Reason for the answer; null while there is none.", or_null=True)
    decided_by: Delegate | None = to_one("The delegate who answered; null until then.", implied=True)
    decided_at: datetime | None = column("Instant of the answer; null until then.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    available_acts: list[AvailableAct] = acts_on("request", policy.ON_ADMISSION, AdmissionFacts)


@noun(rounds.RoundExtension, queries.visible_extensions)
class RoundExtension(Node):
    """One extension of a round, which moved its closing instant to a later one."""

    old_closes_at: datetime = column("Closing instant before the extension.", "closed_at_before")
    new_closes_at: datetime = column("Closing instant after the extension.", "closes_at_after")
    reason: str = column("Why the round was extended.")
    extended_at: datetime = column("Instant of the extension.")
