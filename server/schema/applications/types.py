"""Applications, what people let them do, and the browsers in which people are signed in."""

from datetime import date, datetime

import strawberry

from server.domain.parties import policy as party_policy
from server.identity.applications import policy, queries
from server.identity.applications.rules import ApplicationFacts, GrantFacts
from server.models import identity
from server.models import oauth as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.lists.applications import CLIENT_APPLICATION_ORDERS, ClientApplicationFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.scopes import Scope
from server.schema.vocabulary import vocabulary
from server.vocabulary.applications import ApplicationKind

ON_APPLICATION = (*policy.ON_APPLICATION, *party_policy.ON_SERVICE_ACCOUNT)

vocabulary(ApplicationKind)


@noun(tables.Application, queries.visible_applications)
class ClientApplication(Node):
    """A program that acts in people's names (an OAuth client), or a service account that acts for a party by itself.

    Its `id` is its `client_id`. The Secretariat and technical administrators see all of them, delegates the service
    accounts of their party, and a person those that they granted something.
    """

    name: str = column("Name that people are shown when they are asked for consent.")
    kind: ApplicationKind = column("What sort of program it is.")
    purpose: str = column("What the application is for, in words, at most 400 characters.")
    redirect_uris: list[str] = column(
        "Addresses to which a browser may be sent back after consent; empty for DEVICE and SERVICE."
    )
    sign_out_uris: list[str] = column("Addresses to which a browser may be sent back after signing out.")
    scopes: list[Scope] = column("The most that it can be granted.")
    party: Party | None = to_one("The party that a service account acts for; null for other kinds.", "delegate.party")
    delegate: Delegate | None = to_one(
        "The accreditation of a service account; its `isFocalPoint` says whether the account files comments "
        "or only drafts them. Null for other kinds."
    )
    ends_on: date | None = column("Last day of a service account; null for other kinds.", "delegate.ends_on")
    registered_at: datetime = column("Instant at which it was registered or, for a service account, opened.")
    registered_by: Delegate | None = to_one(
        "The delegate who registered or opened it; null if it was registered from the shell of the server."
    )
    retired_at: datetime | None = column(
        "Instant at which it was retired or, for a service account, closed; null while it is in use."
    )
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    available_acts: list[AvailableAct] = acts_on("application", ON_APPLICATION, ApplicationFacts)


@noun(tables.Grant, queries.visible_grants)
class Grant(Node):
    """What one person let one application do by one consent. Only that person sees it."""

    application: ClientApplication = to_one("The application that has the grant.", implied=True)
    scopes: list[Scope] = column("What the application may do.")
    signed_in_at: datetime = column("Instant at which the person had signed in before giving consent.")
    granted_at: datetime = column("Instant of the consent.")
    revoked_at: datetime | None = column("Instant at which the grant was revoked; null while it is in force.")
    revoked_because: str | None = column("Why the grant was revoked, in a few words; null while it is in force.")
    available_acts: list[AvailableAct] = acts_on("grant", policy.ON_GRANT, GrantFacts)


@noun(identity.BrowserSession, queries.visible_sessions)
class BrowserSession(Node):
    """A browser in which a person is signed in. Only that person sees it."""

    browser: str | None = column(
        "The `User-Agent` header of the browser, at most 200 characters; null if it sent none.", or_null=True
    )
    methods: list[str] = column(
        "How the person proved who they are, as values of RFC 8176 such as 'pwd' and 'otp', or 'federated' "
        "for an external provider."
    )
    signed_in_at: datetime = column("Instant of signing in.")
    seen_at: datetime = column("Instant at which the browser was last used, exact to the minute.")
    expires_at: datetime = column("Instant at which the session ends at the latest; it ends earlier if it is not used.")


@strawberry.type
class ApplicationQueries:
    """Root fields about applications."""

    client_application: ClientApplication | None = one(
        "An application or a service account by its id; null if it does not exist or the caller does not see it.",
        "ClientApplication",
    )
    client_applications: Connection[ClientApplication] = many(
        "Applications and service accounts in alphabetical order of their names.",
        order=CLIENT_APPLICATION_ORDERS,
        filter_type=ClientApplicationFilter,
    )
