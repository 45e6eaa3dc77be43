"""Acts on parties: inputs, facts and mutations."""

from functools import partial

import strawberry

from server.domain.parties import policy
from server.domain.parties.actions import register
from server.domain.parties.actions.register import Correction
from server.kernel.actor import Capacity
from server.schema.acts import act_field, key_field, version_field
from server.schema.parties.types import Party
from server.schema.reads.roots import fact
from server.vocabulary.parties import PartyKind


@strawberry.input(description="A party that is to take part.")
class AdmitPartyInput:
    """Input of `admitParty`."""

    idempotency_key: str = key_field()
    name: str = strawberry.field(description="Full name.")
    short_name: str = strawberry.field(description="Short name, as it appears before comment numbers.")
    kind: PartyKind = strawberry.field(description="What the party is.")
    capacity: Capacity = strawberry.field(description="The capacity in which it takes part.")
    further_names: list[str] = strawberry.field(
        default_factory=list, description="Other names that papers print, in any case of letters."
    )


@strawberry.input(description="What is to be corrected of a party; what is left out stays as it is.")
class CorrectPartyInput:
    """Input of `correctParty`."""

    idempotency_key: str = key_field()
    party_id: strawberry.ID = strawberry.field(description="The party.")
    name: str | None = strawberry.field(default=None, description="Full name.")
    short_name: str | None = strawberry.field(default=None, description="Short name.")
    kind: PartyKind | None = strawberry.field(default=None, description="What the party is.")
    capacity: Capacity | None = strawberry.field(default=None, description="The capacity in which it takes part.")
    further_names: list[str] | None = strawberry.field(
        default=None, description="The whole list of names beside the full and the short name."
    )
    reason: str = strawberry.field(description="Why; it goes into the journal.")
    expected_version: int = version_field()


@strawberry.type
class _PartyFact:
    subject_id: strawberry.Private[str]
    party: Party | None = fact("The party as it stands now.", "Party")


@strawberry.type(description="A party was admitted.")
class PartyAdmitted(_PartyFact):
    """Fact of `admitParty`."""


@strawberry.type(description="A party was corrected.")
class PartyCorrected(_PartyFact):
    """Fact of `correctParty`."""


@strawberry.type
class PartyMutations:
    """Acts on parties."""

    admit_party = act_field(
        policy.admit_party,
        "Enter a party with its capacity and the names that papers print.",
        AdmitPartyInput,
        PartyAdmitted,
        lambda input: partial(
            register.admit_party,
            name=input.name,
            short_name=input.short_name,
            kind=input.kind,
            capacity=input.capacity,
            further_names=tuple(input.further_names),
        ),
    )
    correct_party = act_field(
        policy.correct_party,
        "Correct the names, the kind or the capacity of a party, with a reason.",
        CorrectPartyInput,
        PartyCorrected,
        lambda input: partial(
            register.correct_party,
            party_id=input.party_id,
            correction=Correction(
                input.name,
                input.short_name,
                input.kind,
                input.capacity,
                None if input.further_names is None else tuple(input.further_names),
            ),
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
