"""Passkeys (WebAuthn): adding one, and signing in by one.

The person's device checks who holds it, so that a passkey is two factors in one.
"""

import ipaddress
import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from server.identity.secrets import digest_of, new_secret
from server.models.identity import Passkey, PasskeyChallenge
from server.models.parties import Person

CHALLENGE_LASTS = timedelta(minutes=5)
LABEL_LIMIT = 80
"""Longest name of a passkey, in characters."""
BASE64URL = re.compile(r"[A-Za-z0-9_-]+=*")
UNREADABLE = (WebAuthnException, LookupError, ValueError, TypeError, RecursionError)
"""Errors of reading a malformed answer; webauthn 3.0 lets some of them through."""
PASSKEYS_LIMIT = 10
"""Most passkeys of one person."""


class PasskeyRefused(Exception):
    """Raised when a browser's answer is to no challenge of ours, or by no passkey known here."""


def relying_party(issuer: str) -> str | None:
    """Return the host to which passkeys belong, None where it is a number: browsers then make no passkeys."""
    host = urlsplit(issuer).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host or None
    return None


async def has_passkey(connection: AsyncConnection, person_id: str) -> bool:
    """Return whether a person has a passkey."""
    own = select(Passkey.credential_id).where(Passkey.person_id == person_id).limit(1)
    return (await connection.execute(own)).first() is not None


async def passkeys_of(session: AsyncSession, person_id: str) -> Sequence[Passkey]:
    """Return the passkeys of a person, oldest first."""
    own = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.added_at, Passkey.credential_id)
    return (await session.scalars(own)).all()


async def options_to_add(session: AsyncSession, person: Person, now: datetime, *, issuer: str) -> str:
    """Return the options, as JSON, by which a browser makes a passkey for a person."""
    excluded = [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id))
        for passkey in await passkeys_of(session, person.id)
    ]
    options = generate_registration_options(
        rp_id=relying_party(issuer) or "",
        rp_name="Intersession",
        user_name=person.email or person.name,
        user_id=person.id.encode(),
        user_display_name=person.name,
        challenge=await _add_challenge(session, now, person_id=person.id),
        # kept on the device, so that a sign-in names nobody first; verified, because that is the second factor
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=excluded,
    )
    return options_to_json(options)


async def add_passkey(
    session: AsyncSession, person_id: str, answer: str, now: datetime, *, issuer: str, label: str
) -> None:
    """Keep the passkey that a browser made.

    Raise PasskeyRefused for an answer that is not valid, a passkey that is known, or one too many.
    """
    challenge = await _take_challenge(session, answer, now, person_id=person_id)
    try:
        credential = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=relying_party(issuer) or "",
            expected_origin=issuer,
            require_user_verification=True,
        )
    except UNREADABLE as error:
        raise PasskeyRefused from error
    passkey = Passkey(
        credential_id=bytes_to_base64url(credential.credential_id),
        person_id=person_id,
        public_key=bytes_to_base64url(credential.credential_public_key),
        sign_count=credential.sign_count,
        label=label,
        added_at=now,
    )
    is_known = await session.get(Passkey, passkey.credential_id) is not None
    if is_known or len(await passkeys_of(session, person_id)) >= PASSKEYS_LIMIT:
        raise PasskeyRefused
    session.add(passkey)
    await session.flush()


async def options_to_sign_in(session: AsyncSession, now: datetime, *, issuer: str) -> str:
    """Return the options, as JSON, by which a browser signs in by a passkey.

    They name no person: the passkey tells which person it belongs to.
    """
    options = generate_authentication_options(
        rp_id=relying_party(issuer) or "",
        challenge=await _add_challenge(session, now),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


async def person_of_passkey(session: AsyncSession, answer: str, now: datetime, *, issuer: str) -> str:
    """Return the id of the person with the passkey that signed a challenge of ours, and note the use.

    Raise PasskeyRefused for an answer that is not valid, an unknown passkey, or a suspended person.
    """
    challenge = await _take_challenge(session, answer, now)
    with_person = select(Passkey).join(Person, Person.id == Passkey.person_id)
    own = with_person.where(Passkey.credential_id == _read_text(answer, "id"), Person.suspended_at.is_(None))
    # locked, because the sign count is compared and then written: a copied passkey shows by a count that falls behind
    passkey = (await session.scalars(own.with_for_update(of=Passkey))).one_or_none()
    if passkey is None:
        raise PasskeyRefused
    try:
        authentication = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=relying_party(issuer) or "",
            expected_origin=issuer,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except UNREADABLE as error:
        raise PasskeyRefused from error
    passkey.sign_count, passkey.last_used_at = authentication.new_sign_count, now
    await session.flush()
    return passkey.person_id


async def remove_passkey(session: AsyncSession, person_id: str, credential_id: str) -> None:
    """Delete a passkey of a person; do nothing if it belongs to another person."""
    own = (Passkey.person_id == person_id, Passkey.credential_id == credential_id)
    await session.execute(delete(Passkey).where(*own))


async def remove_passkeys(session: AsyncSession, person_id: str) -> None:
    """Delete every passkey of a person."""
    await session.execute(delete(Passkey).where(Passkey.person_id == person_id))


async def _add_challenge(session: AsyncSession, now: datetime, *, person_id: str | None = None) -> bytes:
    """Add a challenge that can be answered once, within `CHALLENGE_LASTS`.

    Challenges that were not answered in time are deleted.
    """
    await session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= now))
    challenge = base64url_to_bytes(new_secret())
    row = PasskeyChallenge(digest=_digest(challenge), person_id=person_id, expires_at=now + CHALLENGE_LASTS)
    session.add(row)
    await session.flush()
    return challenge


async def _take_challenge(session: AsyncSession, answer: str, now: datetime, *, person_id: str | None = None) -> bytes:
    """Delete and return the challenge that an answer signs. Raise PasskeyRefused if it is not ours."""
    try:
        client_data = json.loads(base64url_to_bytes(_read_text(answer, "response", "clientDataJSON")))
        challenge = base64url_to_bytes(client_data["challenge"])
    except UNREADABLE as error:
        raise PasskeyRefused from error
    owner = PasskeyChallenge.person_id.is_(None) if person_id is None else PasskeyChallenge.person_id == person_id
    # one statement, so that of two answers at the same time one is taken
    live = (PasskeyChallenge.digest == _digest(challenge), PasskeyChallenge.expires_at > now, owner)
    deletion = await session.execute(delete(PasskeyChallenge).where(*live))
    assert isinstance(deletion, CursorResult)
    if deletion.rowcount != 1:
        raise PasskeyRefused
    return challenge


def _read_text(answer: str, *path: str) -> str:
    """Return the base64url text at a path of a JSON document. Raise PasskeyRefused if there is none."""
    try:
        value = json.loads(answer)
        for step in path:
            value = value[step]
    except UNREADABLE as error:
        raise PasskeyRefused from error
    if not isinstance(value, str) or not BASE64URL.fullmatch(value):
        raise PasskeyRefused
    return value


def _digest(challenge: bytes) -> str:
    return digest_of(bytes_to_base64url(challenge))
