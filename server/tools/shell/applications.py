"""The commands `intersession keys` and `intersession register-application`: the keys and clients of the issuer."""

import asyncio
from typing import Annotated

import typer

from server.identity.applications.actions import Issued, register_application
from server.identity.applications.rules import Registration
from server.identity.keys import find_keys, rotate_keys
from server.kernel.clock import utc_now
from server.tools.shell.database import Email, officer_named, opened_database
from server.vocabulary.applications import ApplicationKind

SCOPES_HELP = "What it may be given, administer only for WEB; may be given several times."
keys = typer.Typer(no_args_is_help=True, help="The keys that sign access tokens.")
Addresses = Annotated[
    list[str], typer.Option(help="Where people may be sent back after they let it in; may be given several times.")
]
AfterSignOut = Annotated[
    list[str], typer.Option(help="Where people may be sent back after they signed out; may be given several times.")
]


@keys.command("list")
def list_keys() -> None:
    """Print the ids of the keys, the one that signs first."""

    async def work() -> list[str]:
        async with opened_database() as database:
            return [str(key.kid) for key in await find_keys(database)]

    _print_keys(asyncio.run(work()))


@keys.command("rotate")
def rotate() -> None:
    """Sign with a new key from now on.

    The key before it still verifies; tokens signed by older keys are no longer valid.
    """

    async def work() -> list[str]:
        async with opened_database() as database:
            return [str(key.kid) for key in await rotate_keys(database, utc_now())]

    _print_keys(asyncio.run(work()))


def _print_keys(ids: list[str]) -> None:
    for number, kid in enumerate(ids):
        typer.echo(f"{kid}  {'verifies' if number else 'signs and verifies'}")
    if not ids:
        typer.echo("There is no key yet: the first start of the server makes one.")


def register_application_command(
    name: Annotated[str, typer.Argument(help="What people are told it is called.")],
    purpose: Annotated[str, typer.Option(help="What it is for.")],
    kind: Annotated[ApplicationKind, typer.Option(help="What sort of program it is.")] = ApplicationKind.NATIVE,
    scope: Annotated[list[str], typer.Option(help=SCOPES_HELP)] = ["read"],  # noqa: B006
    redirect_uri: Addresses = [],  # noqa: B006
    sign_out_uri: AfterSignOut = [],  # noqa: B006
    officer: Email = "",
) -> None:
    """Add an application that people may let in.

    Print its client id, and once the secret of an application that keeps one.
    """
    registration = Registration(name, purpose, tuple(redirect_uri), tuple(sign_out_uri), tuple(scope))

    async def work() -> Issued:
        async with opened_database() as database:
            actor = await officer_named(database, officer)
            async with database.writing() as session:
                return await register_application(session, actor, utc_now(), kind=kind, registration=registration)

    issued = asyncio.run(work())
    typer.echo(f"client_id {issued.application_id}")
    if issued.secret:
        typer.echo(f"client_secret {issued.secret}")
        typer.echo("The secret is not kept here and not shown again.", err=True)
