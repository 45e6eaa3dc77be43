"""Acts on persons and representations."""

from typing import Any

import strawberry

from server.domain.parties import policy
from server.domain.parties.actions import persons, representing
from server.domain.parties.actions.persons import Profile
from server.domain.parties.rules.correcting import PersonCorrection
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.parties.types import Person, Representation
from server.schema.reads.roots import fact
from server.schema.scalars import EmailAddress, Locale, TimeZone
from server.vocabulary.parties import Notices

REASON = "Why, in words; it goes into the journal."
PERSON_ID = "Id of the person or service account."


@strawberry.input(description="Changes of the own profile. A field that is left out stays as it is.")
class CorrectProfileInput:
    """Input of `correctProfile`."""

    idempotency_key: str = key_field()
    person_id: strawberry.ID = strawberry.field(description="Id of the caller's own person.")
    language: Locale | None = strawberry.field(default=None, description="Language of letters and pages: 'en' or 'fr'.")
    zone: TimeZone | None = strawberry.field(default=None, description="Time zone of letters and pages.")
    notices: Notices | None = strawberry.field(default=None, description="How often to be told what happened.")
    digest_hour: int | None = strawberry.field(
        default=None, description="Hour in the zone, from 0 to 23, at which the letter of the day goes out."
    )
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "person_id": self.person_id,
            "profile": Profile(self.language, self.zone, self.notices, self.digest_hour),
            "expected_revision": self.expected_revision,
        }


@strawberry.input(description="Corrections of a person. A field that is left out stays as it is.")
class CorrectPersonInput:
    """Input of `correctPerson`."""

    idempotency_key: str = key_field()
    person_id: strawberry.ID = strawberry.field(description=PERSON_ID)
    name: str | None = strawberry.field(default=None, description="Full name, at most 200 characters.")
    email: EmailAddress | None = strawberry.field(
        default=None,
        description=(
            "E-mail address for letters. With another address the person is signed out everywhere, and for three days "
            "cannot choose a new password by letter. Nobody corrects their own."
        ),
    )
    reason: str = strawberry.field(description=REASON)
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "person_id": self.person_id,
            "correction": PersonCorrection(self.name, self.email),
            "reason": self.reason,
            "expected_revision": self.expected_revision,
        }


@strawberry.type
class PersonFact:
    """What every fact about a person shows."""

    subject_id: strawberry.Private[str]
    person: Person = fact("The person as it stands now.")


@strawberry.type
class RepresentationFact:
    """What every fact about a representation shows."""

    subject_id: strawberry.Private[str]
    representation: Representation = fact("The representation as it stands now.")


@strawberry.type
class PersonMutations:
    """Acts on persons and representations."""

    correct_profile = act_field(
        policy.correct_profile,
        persons.correct_profile,
        "Say in which language and zone to be addressed, and how often to be told what happened.",
        input_type=CorrectProfileInput,
        outcome="A profile was updated.",
        answer=PersonFact,
        fact_name="ProfileCorrected",
    )
    correct_person = act_field(
        policy.correct_person,
        persons.correct_person,
        "Correct the name or the e-mail address of a person; people themselves their name.",
        input_type=CorrectPersonInput,
        outcome="A person was corrected. What was filed before goes on naming them as they were called.",
        answer=PersonFact,
    )
    suspend_person = act_field(
        policy.suspend_person,
        persons.suspend_person,
        "Lock a person out at once, whatever tokens and sessions they hold.",
        about="A person to suspend.",
        person_id=PERSON_ID,
        reason=REASON,
        outcome="A person was suspended: signed out everywhere, with every grant revoked.",
        answer=PersonFact,
    )
    restore_person = act_field(
        policy.restore_person,
        persons.restore_person,
        "Let a suspended person in again.",
        about="A suspended person to restore.",
        person_id=PERSON_ID,
        reason=REASON,
        outcome="A suspended person was restored.",
        answer=PersonFact,
    )
    grant_representation = act_field(
        policy.grant_representation,
        representing.grant_representation,
        "Let the delegates of a party speak on behalf of another.",
        about="A mandate for a party to speak on behalf of another.",
        party_id="Id of the party that gives the mandate and is spoken for.",
        by_party_id="Id of the party that gets the mandate and speaks.",
        evidence="Name of the letter or note in which the mandate was given, at most 400 characters.",
        starts_on="First day of the mandate.",
        ends_on="Last day of the mandate; without it no end is set.",
        outcome="A party has a mandate to speak on behalf of another.",
        answer=RepresentationFact,
    )
    end_representation = act_field(
        policy.end_representation,
        representing.end_representation,
        "End a mandate to speak on behalf, at once or after a day.",
        about="A mandate to end.",
        representation_id="Id of the representation.",
        ends_on="Last day of the mandate; without it the mandate ends at once.",
        reason=REASON,
        outcome="A mandate was ended, or was given a last day. What was filed under it stays.",
        answer=RepresentationFact,
    )
