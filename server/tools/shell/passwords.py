"""The commands `intersession password` and `intersession link`, by which a person gets in from the shell."""

import asyncio
import sys
from typing import Annotated

import typer
from sqlalchemy.exc import IntegrityError

from server.identity.authenticators import remove_authenticator, remove_recovery_codes
from server.identity.guesses import forget_failures, guess_keys
from server.identity.identities import find_linked, recognise
from server.identity.passkeys import remove_passkeys
from server.identity.passwords import faults_of_password, hash_of, set_password
from server.identity.sessions import end_sessions
from server.identity.standing import find_person
from server.kernel.clock import utc_now
from server.tools.shell.database import opened_database
from server.tools.shell.settings import current_settings

LONGEST_SUBJECT = 255
"""Longest subject of an OpenID provider, in characters (OpenID Connect Core, section 2)."""


def password(
    email: Annotated[str, typer.Argument(help="E-mail of the person.")],
    without_factors: Annotated[
        bool, typer.Option("--without-factors", help="Also remove authenticator, passkeys and recovery codes.")
    ] = False,
) -> None:
    """Set the password of a person and sign them out everywhere.

    It is asked for twice, or read as one line from a pipe.
    """
    person_id = asyncio.run(_person(email))
    asyncio.run(_set(person_id, email, _asked(email), without_factors=without_factors))
    typer.echo(f"The password of {email} is set. Every browser and application was signed out.")


def _asked(email: str) -> str:
    if sys.stdin.isatty():
        chosen = str(typer.prompt("New password", hide_input=True, confirmation_prompt=True))
    else:
        chosen = sys.stdin.readline().rstrip("\r\n")
    if faults := faults_of_password(chosen, email=email):
        raise typer.BadParameter(
            " ".join(faults if chosen else faults[:1])
        )  # an empty one: that it is too short says enough
    return chosen


async def _person(email: str) -> str:
    async with opened_database() as database, database.reading() as connection:
        person_id = await find_person(connection, email)
    if person_id is None:
        raise typer.BadParameter(f"There is no person with the e-mail {email}.")
    return person_id


async def _set(person_id: str, email: str, chosen: str, *, without_factors: bool) -> None:
    now = utc_now()
    async with opened_database() as database:
        hashed = await hash_of(chosen)
        async with database.writing() as session:
            await set_password(session, person_id, hashed, now)
            await end_sessions(session, person_id, now, because="new password")
            await forget_failures(session, guess_keys("sign-in", account=email.strip().casefold()))
            if without_factors:
                await remove_authenticator(session, person_id)
                await remove_recovery_codes(session, person_id)
                await remove_passkeys(session, person_id)


def link(
    email: Annotated[str, typer.Argument(help="E-mail of the person here.")],
    subject: Annotated[str, typer.Argument(help="What the external provider calls them: the claim `sub`.")],
) -> None:
    """Link a subject of the external OpenID provider to a person here.

    An e-mail address never does that.
    """
    issuer = current_settings().oidc_issuer
    if not issuer:
        raise typer.BadParameter("There is no external provider: INTERSESSION_OIDC_ISSUER is not set.")
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise typer.BadParameter(f"A subject has at least one character and at most {LONGEST_SUBJECT}.")
    was_linked = asyncio.run(_link(asyncio.run(_person(email)), issuer, subject))
    typer.echo(f"{subject} at {issuer} {'was' if was_linked else 'is'} {email} here{' already' if was_linked else ''}.")


async def _link(person_id: str, issuer: str, subject: str) -> bool:
    """Link the subject to a person, and return whether it was linked to them before. Refuse one that is another's."""
    async with opened_database() as database:
        try:
            async with database.writing() as session:
                owner = await find_linked(session, issuer, subject)
                if owner is None:
                    await recognise(session, person_id, issuer=issuer, subject=subject, now=utc_now())
        except IntegrityError:  # linked at this very moment, by a first sign-in or another command
            async with database.studying() as session:
                owner = await find_linked(session, issuer, subject)
    if owner is not None and owner.id != person_id:
        address = owner.email or "without an e-mail address"
        raise typer.BadParameter(f"{subject} is {owner.name} ({address}) here, and does not become another person.")
    return owner is not None
