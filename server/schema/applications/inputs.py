"""Inputs of the acts on applications and service accounts that take more than plain values."""

from datetime import date
from typing import Any

import strawberry

from server.domain.parties.rules.service_accounts import Opening
from server.identity.applications.actions import ApplicationCorrection
from server.identity.applications.rules import Registration
from server.schema.acts import key_field, version_field
from server.schema.scopes import Scope, names_of
from server.vocabulary.applications import ApplicationKind

SCOPES = "What it can be given at most."
REDIRECT_URIS = (
    "Where people may be sent back, compared character by character: https; for WEB and BROWSER also http on "
    "127.0.0.1, [::1] or localhost (that port only); for NATIVE also http on 127.0.0.1 or [::1] (any port), or a "
    "scheme of the maker's own. None for DEVICE."
)


@strawberry.input(description="An application to register.")
class RegisterApplicationInput:
    """Input of `registerApplication`."""

    idempotency_key: str = key_field()
    name: str = strawberry.field(
        description="Name that people are shown when they are asked for consent, 1 to 120 characters."
    )
    kind: ApplicationKind = strawberry.field(description="What sort of program it is; any but SERVICE.")
    purpose: str = strawberry.field(description="What the application is for, at most 400 characters.")
    redirect_uris: list[str] = strawberry.field(
        default_factory=list,
        description=(
            "Addresses to which a browser may be sent back after consent, compared character by "
            "character: https; for WEB and BROWSER also http on 127.0.0.1, [::1] or localhost "
            "(that port only); for NATIVE also http on 127.0.0.1 or [::1] (any port), or a "
            "private scheme of the application. None for DEVICE."
        ),
    )
    sign_out_uris: list[str] = strawberry.field(
        default_factory=list,
        description="Addresses to which a browser may be sent back after signing out; same rules as `redirectUris`.",
    )
    scopes: list[Scope] = strawberry.field(description="The most that it can be granted.")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        addresses = tuple(self.redirect_uris), tuple(self.sign_out_uris)
        return {
            "kind": self.kind,
            "registration": Registration(self.name, self.purpose, *addresses, names_of(self.scopes)),
        }


@strawberry.input(description="Corrections of an application. A field that is left out stays as it is.")
class CorrectApplicationInput:
    """Input of `correctApplication`."""

    idempotency_key: str = key_field()
    application_id: strawberry.ID = strawberry.field(description="Id of the application.")
    name: str | None = strawberry.field(
        default=None, description="Name that people are shown when they are asked for consent, 1 to 120 characters."
    )
    purpose: str | None = strawberry.field(
        default=None, description="What the application is for, at most 400 characters."
    )
    redirect_uris: list[str] | None = strawberry.field(default=None, description=REDIRECT_URIS)
    sign_out_uris: list[str] | None = strawberry.field(
        default=None,
        description="Addresses to which a browser may be sent back after signing out; same rules as `redirectUris`.",
    )
    scopes: list[Scope] | None = strawberry.field(
        default=None, description=f"{SCOPES} Taking one away revokes every grant."
    )
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        scopes = None if self.scopes is None else names_of(self.scopes)
        lists = (self.redirect_uris, self.sign_out_uris, scopes)
        correction = ApplicationCorrection(
            self.name, self.purpose, *(None if each is None else tuple(each) for each in lists)
        )
        return {
            "application_id": self.application_id,
            "correction": correction,
            "expected_revision": self.expected_revision,
        }


@strawberry.input(description="A service account to open: a program that acts for a party by itself.")
class OpenServiceAccountInput:
    """Input of `openServiceAccount`."""

    idempotency_key: str = key_field()
    party_id: strawberry.ID = strawberry.field(description="Id of the party that it acts for.")
    name: str = strawberry.field(description="Name of the account, shown with '(service account)' after it.")
    purpose: str = strawberry.field(description="What the account is for, at most 400 characters.")
    scopes: list[Scope] = strawberry.field(
        description=(
            "Scopes that it may use: READ, COMMENT and WRITE; for the Secretariat's own accounts READ, COMMENT and "
            "SECRETARIAT."
        )
    )
    ends_on: date = strawberry.field(description="Last day, at most 365 days ahead.")
    may_file: bool = strawberry.field(
        default=False,
        description=(
            "Whether it files comments in the name of the party instead of drafting them. Only a "
            "focal point of the party may set it, and only with the scope COMMENT and without "
            "WRITE."
        ),
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        opening = Opening(self.name, self.purpose, names_of(self.scopes), self.ends_on, self.may_file)
        return {"party_id": self.party_id, "opening": opening}
