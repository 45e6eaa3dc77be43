"""Acts on applications, service accounts and grants: facts and mutations."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any, TypeAlias

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy as party_policy
from server.domain.parties.actions import persons, service_accounts
from server.domain.parties.rules.service_accounts import Opening
from server.identity.applications import actions, policy
from server.identity.applications.actions import Correction, Issued
from server.identity.applications.rules import Registration
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.schema.acts import RefusalType, act_field, perform
from server.schema.applications.inputs import (
    CloseServiceAccountInput,
    CorrectApplicationInput,
    OpenServiceAccountInput,
    RegisterApplicationInput,
    RetireApplicationInput,
    RevokeGrantInput,
    RotateApplicationSecretInput,
    SignOutPersonInput,
)
from server.schema.applications.types import Application, Grant
from server.schema.parties.types import Person
from server.schema.reads.roots import fact

Issuing: TypeAlias = Callable[[AsyncSession, Actor, datetime], Awaitable[Issued]]


@strawberry.type
class _ApplicationFact:
    subject_id: strawberry.Private[str]
    application: Application | None = fact("The application as it stands now.", "Application")


@strawberry.type
class _SecretFact(_ApplicationFact):
    secret: str | None = strawberry.field(
        description="The secret, shown this once. Null for an application that keeps none, and when the same key is "
        "sent again: it is not kept here. After a lost answer get a new one by `rotateApplicationSecret`."
    )


@strawberry.type(description="An application was registered.")
class ApplicationRegistered(_SecretFact):
    """Fact of `registerApplication`."""


@strawberry.type(description="The secret of an application was replaced; the one before is worth nothing.")
class ApplicationSecretRotated(_SecretFact):
    """Fact of `rotateApplicationSecret`."""


@strawberry.type(description="A service account was opened.")
class ServiceAccountOpened(_SecretFact):
    """Fact of `openServiceAccount`."""


@strawberry.type(description="An application was corrected.")
class ApplicationCorrected(_ApplicationFact):
    """Fact of `correctApplication`."""


@strawberry.type(description="An application was taken out of use; everything it was granted has ended.")
class ApplicationRetired(_ApplicationFact):
    """Fact of `retireApplication`."""


@strawberry.type(description="A service account was closed; its accreditation has ended.")
class ServiceAccountClosed(_ApplicationFact):
    """Fact of `closeServiceAccount`."""


@strawberry.type(description="What a person let an application do has ended.")
class GrantRevoked:
    """Fact of `revokeGrant`."""

    subject_id: strawberry.Private[str]
    grant: Grant | None = fact("The grant as it stands now.", "Grant")


@strawberry.type(description="A person was signed out everywhere.")
class PersonSignedOut:
    """Fact of `signOutPerson`."""

    subject_id: strawberry.Private[str]
    person: Person | None = fact("The person as it stands now.", "Person")


def issuing_field(
    act: Act[Any], description: str, input_type: type, fact_type: type, issuing: Callable[[Any], Issuing]
) -> Any:
    """The mutation of an act that makes a secret: as `act_field`, and the fact shows what was made. A retry is answered
    from the journal, which does not know it."""
    union = strawberry.union(
        input_type.__name__.replace("Input", "Result"),
        description=f"{fact_type.__strawberry_definition__.description} Or why not.",  # type: ignore[attr-defined]
    )

    async def resolve(info: strawberry.Info, input: Any) -> Any:
        secret: str | None = None

        async def acting(session: AsyncSession, actor: Actor, now: datetime) -> str:
            nonlocal secret
            application_id, secret = await issuing(input)(session, actor, now)
            return application_id

        return fact_type(subject_id=await perform(info, input, acting), secret=secret)

    about = strawberry.argument(description="What to do, and the key that makes a retry harmless.")
    resolve.__annotations__ = {
        "info": strawberry.Info,
        "input": Annotated[input_type, about],
        "return": Annotated[fact_type | RefusalType, union],
    }
    return strawberry.mutation(resolver=resolve, description=f"{description} For: {act.who.words}.")


def _or_none(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


@strawberry.type
class ApplicationMutations:
    """Acts on applications, service accounts and grants."""

    register_application = issuing_field(
        policy.register_application,
        "Enter an application that people may let in; a WEB application gets a secret.",
        RegisterApplicationInput,
        ApplicationRegistered,
        lambda input: partial(
            actions.register_application,
            kind=input.kind,
            registration=Registration(
                input.name,
                input.purpose,
                tuple(input.redirect_uris),
                tuple(input.sign_out_uris),
                tuple(input.scopes),
            ),
        ),
    )
    correct_application = act_field(
        policy.correct_application,
        "Correct what is on record of an application.",
        CorrectApplicationInput,
        ApplicationCorrected,
        lambda input: partial(
            actions.correct_application,
            application_id=input.application_id,
            correction=Correction(
                input.name,
                input.purpose,
                _or_none(input.redirect_uris),
                _or_none(input.sign_out_uris),
                _or_none(input.scopes),
            ),
            expected_version=input.expected_version,
        ),
    )
    rotate_application_secret = issuing_field(
        policy.rotate_application_secret,
        "Give an application a new secret; the one before is worth nothing from now on.",
        RotateApplicationSecretInput,
        ApplicationSecretRotated,
        lambda input: partial(
            actions.rotate_application_secret,
            application_id=input.application_id,
            expected_version=input.expected_version,
        ),
    )
    retire_application = act_field(
        policy.retire_application,
        "Take an application out of use, with a reason: everything it was granted ends at once.",
        RetireApplicationInput,
        ApplicationRetired,
        lambda input: partial(
            actions.retire_application,
            application_id=input.application_id,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    open_service_account = issuing_field(
        party_policy.open_service_account,
        "Open an account for a program that acts for a party by itself, until a last day.",
        OpenServiceAccountInput,
        ServiceAccountOpened,
        lambda input: partial(
            service_accounts.open_service_account,
            party_id=input.party_id,
            opening=Opening(input.name, input.purpose, tuple(input.scopes), input.ends_on, input.may_file),
        ),
    )
    close_service_account = act_field(
        party_policy.close_service_account,
        "Close a service account, with a reason: its accreditation ends at once.",
        CloseServiceAccountInput,
        ServiceAccountClosed,
        lambda input: partial(
            service_accounts.close_service_account,
            application_id=input.application_id,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    revoke_grant = act_field(
        policy.revoke_grant,
        "End what the caller let an application do, and every token that came of it.",
        RevokeGrantInput,
        GrantRevoked,
        lambda input: partial(actions.revoke_grant, grant_id=input.grant_id),
    )
    sign_out_person = act_field(
        party_policy.sign_out_person,
        "Sign a person out of every browser and end what applications were granted, with a reason.",
        SignOutPersonInput,
        PersonSignedOut,
        lambda input: partial(persons.sign_out_person, person_id=input.person_id, reason=input.reason),
    )
