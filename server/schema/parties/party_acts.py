"""Acts on parties."""

from typing import Any

import strawberry

from server.domain.parties import policy
from server.domain.parties.actions import register
from server.domain.parties.actions.register import PartyCorrection
from server.kernel.actor import Capacity
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.parties.types import Party
from server.schema.reads.roots import fact
from server.schema.scalars import Locale
from server.vocabulary.parties import PartyKind, Region

REGION = "Region of the organization to which the party belongs; null if that is not known."
LANGUAGE = "Language in which the party works; null if that is not known."


@strawberry.input(description="A party to admit.")
class AdmitPartyInput:
    """Input of `admitParty`."""

    idempotency_key: str = key_field()
    name: str = strawberry.field(description="Full name, at most 200 characters.")
    short_name: str = strawberry.field(
        description=(
            "Short name, unique, at most 40 characters. References of comments begin with it, as in 'Japan-3'."
        )
    )
    kind: PartyKind = strawberry.field(description="What sort of organization the party is.")
    capacity: Capacity = strawberry.field(description="Capacity in which the party takes part.")
    further_names: list[str] = strawberry.field(
        default_factory=list, description="Other names under which papers print the party, in upper or lower case."
    )
    region: Region | None = strawberry.field(default=None, description=REGION)
    language: Locale | None = strawberry.field(default=None, description=LANGUAGE)

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "name": self.name,
            "short_name": self.short_name,
            "kind": self.kind,
            "capacity": self.capacity,
            "further_names": tuple(self.further_names),
            "region": self.region,
            "language": self.language,
        }


@strawberry.input(description="Known parties to admit.")
class AdmitKnownPartiesInput:
    """Input of `admitKnownParties`."""

    idempotency_key: str = key_field()
    short_names: list[str] = strawberry.field(description="Short names as in the list of known parties, each once.")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"short_names": tuple(self.short_names)}


@strawberry.input(description="Corrections of a party. A field that is left out stays as it is.")
class CorrectPartyInput:
    """Input of `correctParty`."""

    idempotency_key: str = key_field()
    party_id: strawberry.ID = strawberry.field(description="Id of the party.")
    name: str | None = strawberry.field(default=None, description="Full name, at most 200 characters.")
    short_name: str | None = strawberry.field(default=None, description="Short name, unique, at most 40 characters.")
    kind: PartyKind | None = strawberry.field(default=None, description="What sort of organization the party is.")
    capacity: Capacity | None = strawberry.field(default=None, description="Capacity in which the party takes part.")
    further_names: list[str] | None = strawberry.field(
        default=None,
        description="Names besides the full and the short name. The list takes the place of the one before.",
    )
    region: Region | None = strawberry.field(default=None, description=REGION)
    language: Locale | None = strawberry.field(default=None, description=LANGUAGE)
    reason: str = strawberry.field(description="Why, in words; it goes into the journal.")
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        further_names = None if self.further_names is None else tuple(self.further_names)
        return {
            "party_id": self.party_id,
            "correction": PartyCorrection(
                self.name, self.short_name, self.kind, self.capacity, further_names, self.region, self.language
            ),
            "reason": self.reason,
            "expected_revision": self.expected_revision,
        }


@strawberry.type
class PartyFact:
    """What every fact about a party shows."""

    subject_id: strawberry.Private[str]
    party: Party = fact("The party as it stands now.")


@strawberry.type
class PartyMutations:
    """Acts on parties."""

    admit_party = act_field(
        policy.admit_party,
        register.admit_party,
        "Enter a party with its capacity and the names that papers print.",
        input_type=AdmitPartyInput,
        outcome="A party was admitted.",
        answer=PartyFact,
    )
    admit_known_parties = act_field(
        policy.admit_known_parties,
        register.admit_known_parties,
        "Enter parties of the packaged list of known parties, with all their names. `knownParties` shows the list.",
        input_type=AdmitKnownPartiesInput,
        outcome="Parties were admitted; the first of them is shown.",
        answer=PartyFact,
        fact_name="KnownPartiesAdmitted",
    )
    correct_party = act_field(
        policy.correct_party,
        register.correct_party,
        "Correct the names, the kind, the capacity, the region or the language of a party, with a reason.",
        input_type=CorrectPartyInput,
        outcome="A party was corrected.",
        answer=PartyFact,
    )
