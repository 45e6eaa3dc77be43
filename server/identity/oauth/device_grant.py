"""The device grant (RFC 8628): a program without a browser waits until a person lets it in on another device."""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

import secrets
from datetime import datetime, timedelta
from typing import Any

from authlib.oauth2.rfc6749 import AccessDeniedError, InvalidGrantError, InvalidScopeError, UnauthorizedClientError
from authlib.oauth2.rfc8628 import (
    AuthorizationPendingError,
    DeviceAuthorizationEndpoint,
    DeviceCodeGrant,
    ExpiredTokenError,
    SlowDownError,
)
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.identity.oauth.clients import DEVICE, EVERY_METHOD, Client
from server.identity.oauth.families import REPLAYED, begin_family, claim, find_live, forget_expired, revoke_family
from server.identity.secrets import digest_of, new_secret
from server.identity.sessions import SignedIn
from server.models.oauth import Application, DeviceRequest, Grant

DEVICE_PAGE = "/device"
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants: nothing that could be taken for a digit, and no words."""
LIFE = timedelta(minutes=10)
"""How long a device and its person have (RFC 8628, section 3.2: `expires_in`)."""
INTERVAL = timedelta(seconds=5)
"""How long a device must wait between two requests for its tokens."""


def normalise_user_code(user_code: str) -> str:
    """Return a user code in the form in which codes are compared: "bcdf ghjk" becomes BCDFGHJK."""
    return "".join(letter for letter in user_code.upper() if letter in LETTERS)


def find_waiting(session: Session, user_code: str, now: datetime) -> tuple[DeviceRequest, Application] | None:
    """Return the request with this code that still waits for an answer, with its application; None if none does."""
    statement = (
        select(DeviceRequest, Application)
        .join(Application, Application.id == DeviceRequest.application_id)
        .where(
            DeviceRequest.user_code_digest == digest_of(normalise_user_code(user_code)),
            DeviceRequest.grant_id.is_(None),
            DeviceRequest.denied_at.is_(None),
            DeviceRequest.expires_at > now,
            Application.retired_at.is_(None),
        )
    )
    row = session.execute(statement).first()
    return (row[0], row[1]) if row else None


def answer_device(session: Session, request: DeviceRequest, visitor: SignedIn, now: datetime, *, allowed: bool) -> bool:
    """Let a waiting device in, or refuse it; return whether it was still waiting.

    Of two answers at the same time only the first counts.
    """
    family = begin_family(session, request.application_id, request.scopes, visitor, now) if allowed else None
    update_waiting = (
        update(DeviceRequest)
        .where(
            DeviceRequest.device_digest == request.device_digest,
            DeviceRequest.grant_id.is_(None),
            DeviceRequest.denied_at.is_(None),
        )
        .values({"grant_id": family.id} if family else {"denied_at": now})
        .returning(DeviceRequest.device_digest)
    )
    if session.scalar(update_waiting, execution_options={"synchronize_session": False}) is not None:
        return True
    if family is not None:
        # another answer came first: the grant made above must not stay
        session.delete(family)
    return False


class DeviceEndpoint(DeviceAuthorizationEndpoint):
    """The endpoint at which a device begins: it gets a device code and a user code."""

    CLIENT_AUTH_METHODS = EVERY_METHOD
    EXPIRES_IN = int(LIFE.total_seconds())
    INTERVAL = int(INTERVAL.total_seconds())

    def authenticate_client(self, request: Any) -> Client:
        """Return the client if it is registered as a device and names scopes that it may have.

        Raise UnauthorizedClientError or InvalidScopeError otherwise.
        """
        client: Client = super().authenticate_client(request)
        if not client.check_grant_type(DEVICE):
            raise UnauthorizedClientError("The application is not registered as a device.")
        if not client.get_allowed_scope(request.payload.scope):
            raise InvalidScopeError("Name scopes that the application is registered for.")
        self.client = client
        return client

    def generate_user_code(self) -> str:
        """Return eight random letters in two groups, as in BCDF-GHJK."""
        letters = "".join(secrets.choice(LETTERS) for _ in range(8))
        return f"{letters[:4]}-{letters[4:]}"

    def generate_device_code(self) -> str:
        """Return a new device code."""
        return new_secret()

    def get_verification_uri(self) -> str:
        """Return the address of the page on which the person types the code."""
        return f"{self.server.settings.issuer}{DEVICE_PAGE}"

    def save_device_credential(self, client_id: str, scope: str, data: dict[str, Any]) -> None:
        """Keep the request, with the digests of its two codes."""
        forget_expired(self.server.session, DeviceRequest, self.server.now)
        self.server.session.add(
            DeviceRequest(
                device_digest=digest_of(data["device_code"]),
                user_code_digest=digest_of(normalise_user_code(data["user_code"])),
                application_id=client_id,
                scopes=self.client.get_allowed_scope(scope).split(),
                expires_at=self.server.now + LIFE,
            )
        )


class WaitingDevice:
    """A device that polls for its tokens, in the form that Authlib expects."""

    def __init__(self, row: DeviceRequest) -> None:
        self.row = row

    def get_client_id(self) -> str:
        """Return the id of the application to which the device belongs."""
        return self.row.application_id

    def get_scope(self) -> str:
        """Return the granted scopes, separated by spaces."""
        return " ".join(self.row.scopes)


class DeviceGrant(DeviceCodeGrant):
    """Devices at the token endpoint: the answer is to wait, a refusal, or the tokens, once."""

    TOKEN_ENDPOINT_AUTH_METHODS = EVERY_METHOD

    def query_device_credential(self, device_code: str) -> WaitingDevice:
        """Return the request with this device code.

        Raise InvalidGrantError if there is none or it belongs to another client.
        """
        row = self.server.session.get(DeviceRequest, digest_of(device_code))
        if row is None or row.application_id != self.request.client.id:
            raise InvalidGrantError()
        return WaitingDevice(row)

    def validate_device_credential(self, credential: WaitingDevice) -> Grant:
        """Claim the device code: mark it used and return the grant that the person gave.

        Raise the error of RFC 8628, section 3.5, that says why there is no grant.
        """
        server, row = self.server, credential.row
        if server.now >= row.expires_at:
            raise ExpiredTokenError()
        if row.denied_at is not None:
            raise AccessDeniedError()
        if row.grant_id is None:
            is_early = row.polled_at is not None and server.now - row.polled_at < INTERVAL
            row.polled_at = server.now  # kept, because an OAuth error does not roll back (see issuer.py)
            raise SlowDownError() if is_early else AuthorizationPendingError()
        if not claim(server.session, DeviceRequest, DeviceRequest.device_digest == row.device_digest, server.now):
            revoke_family(server.session, row.grant_id, server.now, because=REPLAYED)
            raise InvalidGrantError()
        family = find_live(server.session, row.grant_id)
        if family is None:
            raise InvalidGrantError()
        return family

    def create_token_response(self) -> Any:
        """Return the tokens for a device that was let in."""
        answer = super().create_token_response()
        self.server.add_id_token(answer[1], self.request.user)
        return answer
