"""Acts on applications, service accounts and grants."""

from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy as party_policy
from server.domain.parties.actions import persons, service_accounts
from server.identity.applications import actions, policy
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.schema.acts import perform
from server.schema.applications.inputs import (
    CorrectApplicationInput,
    OpenServiceAccountInput,
    RegisterApplicationInput,
)
from server.schema.applications.types import Application, Grant
from server.schema.mutations import Action, act_field, arguments_of, fact_of, input_of, mutation_of
from server.schema.parties.person_acts import PersonFact
from server.schema.reads.roots import fact

REASON = "Why; it goes into the journal."


@strawberry.type
class ApplicationFact:
    """What every fact about an application shows."""

    subject_id: strawberry.Private[str]
    application: Application | None = fact("The application as it stands now.", "Application")


@strawberry.type
class SecretFact(ApplicationFact):
    """What a fact shows that made a secret."""

    secret: str | None = strawberry.field(
        description="The secret, shown this once. Null for an application that keeps none, and when the same key is "
        "sent again: it is not kept here. After a lost answer get a new one by `rotateApplicationSecret`."
    )


@strawberry.type
class GrantFact:
    """What every fact about a grant shows."""

    subject_id: strawberry.Private[str]
    grant: Grant | None = fact("The grant as it stands now.", "Grant")


def secret_field(
    act: Act[Any],
    action: Action,
    description: str,
    *,
    outcome: str,
    input_type: type | None = None,
    about: str = "",
    **words: str,
) -> Any:
    """Declare the mutation of an act that makes a secret, as `act_field` does.

    The fact shows the secret once. A retry is answered from the journal, which does not know it.
    """
    input_type = input_type or input_of(act, action, about, words)
    fact_type = fact_of(act, outcome, SecretFact)

    async def resolve(info: strawberry.Info, input: Any) -> Any:
        secret: str | None = None

        async def perform_once(session: AsyncSession, actor: Actor, now: datetime) -> str:
            nonlocal secret
            issued = await action(session, actor, now, **arguments_of(input))
            secret = issued.secret
            return str(issued.application_id)

        return fact_type(subject_id=await perform(info, input, perform_once), secret=secret)

    return mutation_of(act, description, input_type, fact_type, resolve)


@strawberry.type
class ApplicationMutations:
    """Acts on applications, service accounts and grants."""

    register_application = secret_field(
        policy.register_application,
        actions.register_application,
        "Enter an application that people may let in; a WEB application gets a secret.",
        input_type=RegisterApplicationInput,
        outcome="An application was registered.",
    )
    correct_application = act_field(
        policy.correct_application,
        actions.correct_application,
        "Correct what is on record of an application.",
        input_type=CorrectApplicationInput,
        outcome="An application was corrected.",
        answer=ApplicationFact,
    )
    rotate_application_secret = secret_field(
        policy.rotate_application_secret,
        actions.rotate_application_secret,
        "Give an application a new secret; the one before is worth nothing from now on.",
        about="An application whose secret is to be replaced.",
        application_id="The application or the service account.",
        outcome="The secret of an application was replaced; the one before is worth nothing.",
    )
    retire_application = act_field(
        policy.retire_application,
        actions.retire_application,
        "Take an application out of use, with a reason: everything it was granted ends at once.",
        about="An application that is taken out of use.",
        application_id="The application.",
        reason=REASON,
        outcome="An application was taken out of use; everything it was granted has ended.",
        answer=ApplicationFact,
    )
    open_service_account = secret_field(
        party_policy.open_service_account,
        service_accounts.open_service_account,
        "Open an account for a program that acts for a party by itself, until a last day.",
        input_type=OpenServiceAccountInput,
        outcome="A service account was opened.",
    )
    close_service_account = act_field(
        party_policy.close_service_account,
        service_accounts.close_service_account,
        "Close a service account, with a reason: its accreditation ends at once.",
        about="A service account that is closed.",
        application_id="The service account.",
        reason=REASON,
        outcome="A service account was closed; its accreditation has ended.",
        answer=ApplicationFact,
    )
    revoke_grant = act_field(
        policy.revoke_grant,
        actions.revoke_grant,
        "End what the caller let an application do, and every token that came of it.",
        about="What the caller no longer lets an application do.",
        grant_id="The grant; one's own.",
        outcome="What a person let an application do has ended.",
        answer=GrantFact,
    )
    sign_out_person = act_field(
        party_policy.sign_out_person,
        persons.sign_out_person,
        "Sign a person out of every browser and end what applications were granted, with a reason.",
        about="A person who is signed out everywhere.",
        person_id="The person.",
        reason=REASON,
        outcome="A person was signed out everywhere.",
        answer=PersonFact,
    )
