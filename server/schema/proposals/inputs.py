"""Inputs of the acts on amendment proposals that take more than plain values."""

from datetime import date
from typing import Any

import strawberry

from server.domain.proposals.rules.contents import AmendmentContent, ProposalContent
from server.domain.proposals.rules.mechanism import MechanismContent
from server.schema.acts import key_field, version_field
from server.schema.bodies.acts import DecisionWords
from server.vocabulary.bodies import BodyKind
from server.vocabulary.proposals import AmendmentKind, CycleKind
from server.vocabulary.texts import UnitKind


@strawberry.input(description="One amendment of a proposal.")
class AmendmentInput:
    """Part of the inputs that write proposals."""

    kind: AmendmentKind = strawberry.field(description="What it does to the provision.")
    provision_key: strawberry.ID | None = strawberry.field(
        default=None,
        description=(
            "Permanent key of the provision concerned. For ADD, of the provision before the new "
            "one; without it the new one stands at the beginning."
        ),
    )
    after_key: strawberry.ID | None = strawberry.field(
        default=None, description="For MOVE only, permanent key of the provision after which it is to stand."
    )
    wording: str | None = strawberry.field(
        default=None,
        description="For ADD and MODIFY only, the full new words of the provision, 1 to 20,000 characters. For MODIFY "
        "the printed number of the provision, if it was copied along, is left out.",
    )
    unit_kind: UnitKind | None = strawberry.field(
        default=None, description="For ADD only, the sort of unit; without it, the one that its place suggests."
    )
    level: int | None = strawberry.field(
        default=None,
        description="For ADD only, the level of a heading or depth of an item; without it, the one that its place "
        "suggests.",
    )
    printed_number: str | None = strawberry.field(
        default=None,
        description="For ADD only, its number, such as '2 bis', at most 40 characters; empty for none; without it, the "
        "one that its place suggests.",
    )


@strawberry.input(description="The content of a proposal, and the parties that are to join it.")
class ProposalWords:
    """Part of the inputs that write proposals."""

    title: str = strawberry.field(description="Title, 1 to 300 characters.")
    rationale: str = strawberry.field(description="Why the text should change, 1 to 20,000 characters.")
    amendments: list[AmendmentInput] = strawberry.field(
        description="Amendments, at most 100; each is decided separately."
    )
    co_sponsor_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description=(
            "Ids of the parties that are to join as co-sponsors, at most 100. Each confirms "
            "through its own focal point."
        ),
    )
    is_severable: bool = strawberry.field(
        default=False,
        description="Whether the amendments may be taken apart. Otherwise they stand or wait together: while one of "
        "them competes with other changes, none of them stands.",
    )

    def content(self) -> ProposalContent:
        """Return the content as the action takes it."""
        amendments = tuple(
            AmendmentContent(
                each.kind,
                each.provision_key,
                each.after_key,
                each.wording,
                each.unit_kind,
                each.level,
                each.printed_number,
            )
            for each in self.amendments
        )
        co_sponsor_ids = tuple(self.co_sponsor_ids)
        return ProposalContent(self.title, self.rationale, amendments, co_sponsor_ids, self.is_severable)


@strawberry.input(description="A proposal to write as a draft.")
class DraftProposalInput(ProposalWords):
    """Input of `draftProposal`."""

    idempotency_key: str = key_field()
    cycle_id: strawberry.ID = strawberry.field(description="Id of the review cycle.")
    text_version_id: strawberry.ID = strawberry.field(description="Id of the issued version that it asks to change.")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "cycle_id": self.cycle_id,
            "text_version_id": self.text_version_id,
            "content": self.content(),
        }


@strawberry.input(description="What a draft says now; it takes the place of everything before.")
class ReviseProposalInput(ProposalWords):
    """Input of `reviseProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description="Id of the draft.")
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "proposal_id": self.proposal_id,
            "content": self.content(),
            "expected_revision": self.expected_revision,
        }


@strawberry.input(description="A decision of a body on a proposal.")
class DecideProposalInput(DecisionWords):
    """Input of `decideProposal`."""

    idempotency_key: str = key_field()
    proposal_id: strawberry.ID = strawberry.field(description="Id of the proposal.")
    sitting_id: strawberry.ID = strawberry.field(
        description="Id of a sitting of the body that decides next (`nextBody`)."
    )
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "proposal_id": self.proposal_id,
            "sitting_id": self.sitting_id,
            "content": self.content(),
            "expected_revision": self.expected_revision,
        }


@strawberry.input(description="What an amendment asks for on the version to which it was carried.")
class RestatedAmendmentInput:
    """A member of `AmendmentAnswerInput`."""

    provision_key: strawberry.ID | None = strawberry.field(
        default=None,
        description="Permanent key of the provision concerned, as in `AmendmentInput`; without it, as before.",
    )
    after_key: strawberry.ID | None = strawberry.field(
        default=None,
        description="For MOVE, permanent key of the provision after which it is to stand; without it, as before.",
    )
    wording: str | None = strawberry.field(
        default=None,
        description="For MODIFY, the full new words on the version to which it was carried; for ADD, without it, as "
        "before.",
    )
    reason: str = strawberry.field(default="", description="Why, at most 20,000 characters; may be empty.")


@strawberry.input(description="That an amendment asks for nothing any more.")
class DroppedAmendmentInput:
    """A member of `AmendmentAnswerInput`."""

    reason: str = strawberry.field(description="Why, 1 to 20,000 characters.")


@strawberry.input(one_of=True, description="Either what a stale amendment asks for now, or that it is dropped.")
class AmendmentAnswerInput:
    """Part of `RestateAmendmentInput`."""

    restate: RestatedAmendmentInput | None = strawberry.field(
        default=strawberry.UNSET, description="What it asks for now."
    )
    drop: DroppedAmendmentInput | None = strawberry.field(default=strawberry.UNSET, description="That it is dropped.")


@strawberry.input(description="A stale amendment to restate or to drop.")
class RestateAmendmentInput:
    """Input of `restateAmendment`."""

    idempotency_key: str = key_field()
    amendment_id: strawberry.ID = strawberry.field(description="Id of the amendment.")
    answer: AmendmentAnswerInput = strawberry.field(description="What becomes of it.")
    expected_revision: int = strawberry.field(
        description="The `revision` of the proposal as the caller read it. The act is refused as STALE if it has "
        "changed since."
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        shared = {"amendment_id": self.amendment_id, "expected_revision": self.expected_revision}
        if self.answer.drop:
            return shared | {"dropped": True, "reason": self.answer.drop.reason}
        return shared | vars(self.answer.restate)


@strawberry.input(description="The rules of a version of the mechanism.")
class MechanismWords:
    """Part of the input that records a version of the mechanism, and of the one that tries it."""

    title: str = strawberry.field(description="Title, 1 to 300 characters.")
    evidence: str = strawberry.field(description="Paper or decision that it comes from, 1 to 400 characters.")
    starts_on: date = strawberry.field(
        description="First day on which it is in force. The version before ends on the day before."
    )
    ends_on: date | None = strawberry.field(
        default=None, description="Last day on which it is in force; without it no end is set."
    )
    approval_path: list[BodyKind] = strawberry.field(
        description="Kinds of bodies that decide on a proposal, in the order in which they decide, each once."
    )
    cycle_kinds: list[CycleKind] = strawberry.field(description="Kinds of reviews that can be opened, each once.")
    instrument_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Ids of the texts that it covers; none for all of them."
    )
    window_days: int | None = strawberry.field(
        default=None,
        description="For how many days a review takes proposals at most; without it, any number. `openCycle` refuses a "
        "review that lasts longer.",
    )
    submission_days: int | None = strawberry.field(
        default=None,
        description="How many days before the next sitting of the first body a proposal comes; without it, any. "
        "Informs: `previewMechanism` tells what came later, and nothing is refused.",
    )
    consideration_days: int | None = strawberry.field(
        default=None,
        description="For how many days a group considers a proposal; without it, any number. Informs, as "
        "`submissionDays`.",
    )
    decision_days: int | None = strawberry.field(
        default=None,
        description="For how many days a body has a proposal before it; without it, any number. Informs, as "
        "`submissionDays`.",
    )
    take_over_days: int | None = strawberry.field(
        default=None,
        description="For how many days after the day of its withdrawal a confirmed co-sponsor can take over a "
        "proposal; without it, 14.",
    )

    def content(self) -> MechanismContent:
        """Return the rules as the action takes them."""
        return MechanismContent(
            title=self.title,
            evidence=self.evidence,
            starts_on=self.starts_on,
            approval_path=tuple(self.approval_path),
            cycle_kinds=tuple(self.cycle_kinds),
            ends_on=self.ends_on,
            instrument_ids=tuple(self.instrument_ids),
            window_days=self.window_days,
            submission_days=self.submission_days,
            consideration_days=self.consideration_days,
            decision_days=self.decision_days,
            take_over_days=self.take_over_days,
        )


@strawberry.input(description="A version of the mechanism to record.")
class RecordMechanismInput(MechanismWords):
    """Input of `recordMechanism`."""

    idempotency_key: str = key_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"content": self.content()}


@strawberry.input(description="A version of the mechanism to try on what is there.")
class PreviewMechanismInput(MechanismWords):
    """The argument of `previewMechanism`."""
