"""The console command `intersession`: everything an officer or an administrator does from a shell."""

import asyncio
import logging
import os
import re
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import DatabaseError, IntegrityError

from server.domain.parties.actions.officers import appoint_officer
from server.identity.keys import signing_keys
from server.identity.passwords import find_known
from server.identity.standing import find_person
from server.identity.tokens import sign_token
from server.kernel.addresses import is_protected
from server.kernel.clock import utc_now
from server.kernel.faults import MachineFault
from server.kernel.refusals import Refusal
from server.kernel.scopes import EVERY_SCOPE, Scope, scopes_of
from server.settings import Settings
from server.storage.ownership import serves_as_owner
from server.tools.demonstration.entrance import give_password
from server.tools.demonstration.load import PEOPLE, load_demonstration
from server.tools.shell.applications import keys, register_application_command
from server.tools.shell.database import opened_database
from server.tools.shell.evidence import export_evidence, heads, receipt_command
from server.tools.shell.faults import say_faults, say_unreadable
from server.tools.shell.histories import provision_history_command
from server.tools.shell.importing import import_text_command, import_work_plan_command
from server.tools.shell.keeping import backup_command, move_command, restore_command
from server.tools.shell.letters import letters
from server.tools.shell.passwords import link, password
from server.tools.shell.registers import admit_parties_command, import_participants_command
from server.tools.shell.reports import report_command
from server.tools.shell.roles import grant_serving, roles, serving_role
from server.tools.shell.settings import SETTINGS
from server.tools.shell.verifying import verify_files, verify_journal
from server.transport.trusted import ManifestInvalid, TrustedDocuments
from server.web.browser.listening import address_of, listening, serve_on
from server.web.browser.proxies import serving_options
from server.web.logs import configure_logs
from server.web.settings import LogFormat

T = TypeVar("T")
logger = logging.getLogger(__name__)
app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)


@app.callback()
def _begin() -> None:
    # what a command does is told by its output; a server tells it in its log
    configure_logs(LogFormat.TEXT, least=logging.WARNING)
    SETTINGS.set(Settings)


def main() -> None:
    """Run the command; a refusal is said in words and ends with status 1."""
    known = {f"INTERSESSION_{name.upper()}" for name in Settings.model_fields}
    for name in sorted({name for name in os.environ if name.startswith("INTERSESSION_")} - known):
        typer.echo(f"{name} is not a setting and is not used.", err=True)
    try:
        # without the blanks around names, addresses and labels that were copied along
        app([word.strip() for word in sys.argv[1:]])
    except Refusal as refusal:
        typer.secho(f"{refusal.code}: {refusal.message}", fg="red", err=True)
        for issue in refusal.issues:
            typer.echo(f"  {issue.place}: {issue.message}", err=True)
        sys.exit(1)
    except (MachineFault, ManifestInvalid) as error:
        named = " Name another by INTERSESSION_MANIFEST." if isinstance(error, ManifestInvalid) else ""
        typer.secho(f"{error}{named}", fg="red", err=True)
        sys.exit(1)
    except DatabaseError as error:
        if isinstance(error, IntegrityError):  # a defect of this program, not of the database
            raise
        reason = " ".join(str(error.orig).split()).removesuffix(".")
        advice = "Look at INTERSESSION_DATABASE; if it is new or older than this program, run `intersession migrate`."
        typer.secho(f"The database cannot be used: {reason}. {advice}", fg="red", err=True)
        sys.exit(1)
    except SettingsError as error:  # a value that should be JSON and is not
        typer.secho(say_unreadable(error), fg="red", err=True)
        sys.exit(1)
    except ValidationError as error:
        for line in say_faults(error):
            typer.secho(line, fg="red", err=True)
        sys.exit(1)


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65_535)] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Processes that answer; more than one needs PostgreSQL.", min=1)] = 1,
) -> None:
    """Serve the API at /graphql."""
    settings = Settings()
    if workers > 1 and settings.database.startswith("sqlite"):
        raise MachineFault(
            f"{workers} workers need PostgreSQL, because SQLite has one writer: "
            "leave --workers out, or name another database by INTERSESSION_DATABASE."
        )
    TrustedDocuments.load(*settings.manifests)  # here a fault is one line; in a worker it would be a traceback

    configure_logs(settings.log_format)

    async def work() -> None:
        async with opened_database() as database:
            await signing_keys(database, utc_now())
            if await serves_as_owner(database):
                logger.warning("Serving as the owner of the tables: see `intersession roles` for a role that serves.")

    _run(work())
    if not is_protected(settings.issuer):
        typer.secho(f"WARNING: sign-in will not work at {settings.issuer}.", fg="red", bold=True, err=True)
        typer.echo("Browsers keep the sign-in cookie only over https: set INTERSESSION_ISSUER to https://...", err=True)

    def announce() -> None:
        typer.echo(f"Serving on http://{address_of(host, port)}/graphql")
        typer.echo(f"Sign in at {settings.issuer}/sign-in")

    options = serving_options(settings, message_bytes=settings.body_bytes)
    with listening(host, port) as listeners:
        serve_on(listeners, announce, workers=workers, **options)


@app.command()
def migrate(
    back_to: Annotated[
        str, typer.Option(help="An earlier revision to go back to, four digits; alembic/ says what that loses.")
    ] = "",
) -> None:
    """Bring the database to the newest revision, wholly or not at all.

    As the owner, leave the role that serves only what serving needs.
    """
    # late, because Alembic takes a tenth of a second and 7 MB, and the server that runs for weeks does not need it
    from server.storage import migrations  # noqa: PLC0415

    settings = Settings()
    url = settings.owner_database or settings.database
    if back_to and not re.fullmatch(r"\d{4}", back_to):
        # Alembic knows "base" and "-1" too; both would drop what people filed without its being named.
        raise typer.BadParameter("Name a revision by its four digits, such as 0021.", param_hint="--back-to")
    if back_to:
        migrations.go_back(url, back_to)
    else:
        migrations.migrate(url)
    if settings.owner_database:
        grant_serving(settings.owner_database, serving_role(settings.database))


@app.command()
def demonstration(
    port: Annotated[
        int, typer.Option(help="Port on which it will be served: if it is taken, nothing is done.", min=0, max=65_535)
    ] = 0,
) -> None:
    """Load the demonstration working group, if the database is empty, and say how to sign in.

    Its password is made anew each time, so a port that is taken stops this first: the people of a server that runs
    already keep theirs.
    """
    settings = Settings()
    if port:
        with listening("127.0.0.1", port):
            pass

    async def work() -> tuple[bool, bool, str]:
        async with opened_database() as database:
            loaded = await load_demonstration(database, utc_now())
            async with database.reading() as connection:
                is_demonstration = await find_person(connection, PEOPLE[0][0]) is not None
            has_password = is_demonstration and not settings.production
            return loaded, is_demonstration, await give_password(database, utc_now()) if has_password else ""

    loaded, is_demonstration, chosen = _run(work())
    typer.echo("Loaded the demonstration working group." if loaded else "The database is not empty: left as it is.")
    if not is_demonstration:
        return
    typer.echo(f"\n  GraphQL   {settings.issuer}/graphql   (open it in a browser)\n")
    if chosen:
        typer.echo(f"  Sign in   {settings.issuer}/sign-in   password: {chosen}")
        typer.echo("            the same for everybody, until this is run again\n")
    typer.echo(f"  Token     {_command()} token EMAIL")
    typer.echo(f"            prints an access token for {settings.token_minutes} minutes\n")
    typer.echo("  People")
    for email, who in PEOPLE:
        typer.echo(f"            {email:<28} {who}")
    typer.echo("")


def _command() -> str:
    """Return the command that calls this program from the current folder, with an issuer other than the default."""
    program = Path(sys.argv[0]).absolute()
    command = program.relative_to(Path.cwd()) if program.is_relative_to(Path.cwd()) else Path(program.name)
    usual = Settings.model_fields["issuer"].default
    issuer = Settings().issuer
    return str(command) if issuer == usual else f"INTERSESSION_ISSUER={issuer} {command}"


@app.command("appoint-officer")
def appoint_officer_command(
    email: Annotated[str, typer.Argument(help="E-mail of the person.")],
    name: Annotated[str, typer.Option(help="Name of the person, where the person is new.")],
) -> None:
    """Accredit a person for the Secretariat from today on: a database without the demonstration begins with this."""

    async def work() -> None:
        async with opened_database() as database, database.writing() as session:
            await appoint_officer(session, utc_now(), email=email, name=name)

    _run(work())
    typer.echo(f"{email} is accredited for the Secretariat from today on.")


@app.command()
def token(
    email: Annotated[str, typer.Argument(help="E-mail of the person.")],
    scope: Annotated[list[Scope], typer.Option(help="What it is good for; everything if left out.")] = [],  # noqa: B006
) -> None:
    """Print a short-lived access token of a person (embedded issuer only)."""
    settings = Settings()

    async def work() -> str:
        now = utc_now()
        async with opened_database() as database:
            async with database.reading() as connection:
                person, known = await find_person(connection, email), await find_known(connection, email)
            if person is None:
                raise typer.BadParameter(f"There is no person with the e-mail {email}.")
            if known is None:
                raise typer.BadParameter(f"{email} is suspended. An officer restores a person by `restorePerson`.")
            key = (await signing_keys(database, now))[0]
        names = {"issuer": settings.issuer, "audience": settings.token_audience}
        return sign_token(
            key,
            **names,
            client_id="intersession-cli",
            scopes=scopes_of(scope) or EVERY_SCOPE,
            subject=person,
            now=now,
            minutes=settings.token_minutes,
        )

    typer.echo(_run(work()))


app.command("import-text")(import_text_command)
app.command("import-work-plan")(import_work_plan_command)
app.command("admit-parties")(admit_parties_command)
app.command("import-participants")(import_participants_command)
app.command("provision-history")(provision_history_command)
app.command()(letters)
app.command()(password)
app.command()(link)
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.command("move")(move_command)
app.command("register-application")(register_application_command)
app.add_typer(keys, name="keys")
app.add_typer(heads, name="heads")
app.command("receipt")(receipt_command)
app.command("export-evidence")(export_evidence)
app.command("report")(report_command)
app.command("verify-journal")(verify_journal)
app.command("verify")(verify_files)
app.command()(roles)
