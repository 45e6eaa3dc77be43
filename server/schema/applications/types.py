"""Applications, what people let them do, and the browsers in which people are signed in."""

from datetime import date, datetime

import strawberry

from server.domain.parties import policy as party_policy
from server.identity.applications import policy, queries
from server.identity.applications.rules import ApplicationFacts, GrantFacts
from server.kernel.acts import verdicts
from server.kernel.scopes import Scope
from server.models import identity
from server.models import oauth as tables
from server.schema.acts import AvailableAct
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Filter, Node, column, computed, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.applications import ApplicationKind

ON_APPLICATION = (*policy.ON_APPLICATION, *party_policy.ON_SERVICE_ACCOUNT)

vocabulary(ApplicationKind)
vocabulary(Scope)


@noun(tables.Application, queries.visible_applications)
class Application(Node):
    """A program that acts in people's names (an OAuth client), or a service account that acts for a party by itself.
    Its id is its `client_id`. The Secretariat and technical administrators see all of them, a party its service
    accounts, a person what they let in."""

    name: str = column("What people are told it is called.")
    kind: ApplicationKind = column("What sort of program it is.")
    purpose: str = column("What it is for.")
    redirect_uris: list[str] = column("Where people may be sent back after they let it in.")
    sign_out_uris: list[str] = column("Where people may be sent back after they signed out.")
    scopes: list[str] = column(
        "The most it can be given, as the names that stand in tokens: the values of `Scope` in lower case, and "
        "openid, profile, email and offline_access."
    )
    party: Party | None = to_one("The party that a service account acts for; null for others.", "delegate.party")
    delegate: Delegate | None = to_one(
        "The accreditation of a service account, whose `isFocalPoint` says whether it files; null for others."
    )
    ends_on: date | None = column("Last day of a service account; null for others.", "delegate.ends_on")
    registered_at: datetime = column("When it was registered or opened.")
    registered_by: Delegate | None = to_one("Who registered or opened it.")
    retired_at: datetime | None = column("When it was retired or closed; null while it is in use.")
    version: int = column("Counts changes; send it back as `expectedVersion`.")
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this application, and if not, why not.",
        lambda actor, facts, now: verdicts(ON_APPLICATION, actor, facts, now),
        ApplicationFacts,
    )


@noun(tables.Grant, queries.visible_grants)
class Grant(Node):
    """What a person let an application do: everything that came of one consent. Only that person sees it."""

    application: Application = to_one("The application.", implied=True)
    scopes: list[str] = column("What it may do, as the names that stand in tokens.")
    signed_in_at: datetime = column("When the person had proved who they are.")
    granted_at: datetime = column("Since when.")
    revoked_at: datetime | None = column("When it ended; null while it is in force.")
    revoked_because: str | None = column("Why it ended; null while it is in force.")
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this grant, and if not, why not.",
        lambda actor, facts, now: verdicts(policy.ON_GRANT, actor, facts, now),
        GrantFacts,
    )


@noun(identity.BrowserSession, queries.visible_sessions)
class BrowserSession(Node):
    """A browser in which a person is signed in. Only that person sees it."""

    browser: str = column("What the browser says of itself.")
    methods: list[str] = column("How the person proved who they are, as in RFC 8176, such as 'pwd' and 'otp'.")
    signed_in_at: datetime = column("Since when.")
    seen_at: datetime = column("When it was last used, to the minute.")
    expires_at: datetime = column("When it ends at the latest; it ends earlier when it is not used.")


@strawberry.input(description="Which applications to list.")
class ApplicationFilter:
    """Filter of `applications`."""

    kind: ApplicationKind | None = strawberry.field(default=strawberry.UNSET, description="Only this kind.")


@strawberry.type
class ApplicationQueries:
    """Root fields about applications."""

    application: Application | None = one("An application or a service account by its id.", "Application")
    applications: Connection[Application] = many(
        "Applications and service accounts in alphabetical order, those that the caller may see.",
        order=("name", "id"),
        filter_type=ApplicationFilter,
        filters={"kind": Filter("kind")},
    )
