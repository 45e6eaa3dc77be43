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
from server.schema.applications.types import ClientApplication, Grant
from server.schema.mutations import Action, act_field, arguments_of, fact_of, input_of, mutation_of
from server.schema.parties.person_acts import PersonFact
from server.schema.reads.roots import fact

REASON = "Why, in words; it goes into the journal."


@strawberry.type
class ApplicationFact:
    """What every fact about an application shows."""

    subject_id: strawberry.Private[str]
    application: ClientApplication = fact("The application as it stands now.")


@strawberry.type
class SecretFact(ApplicationFact):
    """What a fact shows that made a secret."""

    secret: str | None = strawberry.field(
        description="The secret, returned this once. Null for an application without one, and when the same key is "
        "sent again, because the server keeps only its digest. After a lost answer get a new one with "
        "`rotateApplicationSecret`."
    )


@strawberry.type
class GrantFact:
    """What every fact about a grant shows."""

    subject_id: strawberry.Private[str]
    grant: Grant = fact("The grant as it stands now.")


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

        done = await perform(info, input, perform_once, fact_type)
        return fact_type(subject_id=done.subject_id, answers=done.answers, secret=secret if done.is_new else None)

    return mutation_of(act, description, input_type, fact_type, resolve)


@strawberry.type
class ApplicationMutations:
    """Acts on applications, service accounts and grants."""

    register_application = secret_field(
        policy.register_application,
        actions.register_application,
        "(first part) Register an application that people can grant something; a WEB application gets a secret.",
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
        "(first part) Give an application a new secret; the old one stops working at once.",
        about="An application to give a new secret.",
        application_id="Id of the application or service account.",
        outcome="The secret of an application was replaced; the old one no longer works.",
    )
    retire_application = act_field(
        policy.retire_application,
        actions.retire_application,
        "Take an application out of use, with a reason: everything it was granted ends at once.",
        about="An application to retire.",
        application_id="Id of the application.",
        reason=REASON,
        outcome="An application was retired; every grant to it is revoked.",
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
        about="A service account to close.",
        application_id="Id of the service account.",
        reason=REASON,
        outcome="A service account was closed; its accreditation has ended.",
        answer=ApplicationFact,
    )
    revoke_grant = act_field(
        policy.revoke_grant,
        actions.revoke_grant,
        "(first part) Revoke a grant of the caller, with every token that came of it.",
        about="A grant to revoke.",
        grant_id="Id of one of the caller's own grants.",
        outcome="A grant was revoked, with every token that came of it.",
        answer=GrantFact,
        unlocked="revoking is final, and a grant is revoked once",
    )
    sign_out_person = act_field(
        party_policy.sign_out_person,
        persons.sign_out_person,
        "Sign a person out of every browser and end what applications were granted, with a reason.",
        about="A person to sign out of everything.",
        person_id="Id of the person.",
        reason=REASON,
        outcome="A person was signed out everywhere.",
        answer=PersonFact,
        unlocked="everything that is signed in ends, whatever has changed",
    )
