"""Settings of signing in: the embedded issuer, browser sessions, an external OpenID provider."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator

from server.kernel.actor import Capacity
from server.kernel.addresses import check_origin, is_protected


class SecondFactor(StrEnum):
    """Who must prove who they are by a second factor; everybody may."""

    OPTIONAL = "OPTIONAL"
    """Those who set one up."""
    SECRETARIAT = "SECRETARIAT"
    """Also everyone who is accredited for the Secretariat."""
    EVERYONE = "EVERYONE"
    """Everyone who signs in here."""


class IdentitySettings(BaseModel):
    """Who issues tokens and how long they live, who must prove more, and which provider is believed."""

    issuer: str = Field(
        default="http://127.0.0.1:8000",
        description="Issuer of access tokens and public address of this server: scheme, host and port, without a path.",
    )
    audience: str = Field(default="", description="Audience that access tokens must carry; empty means ISSUER/graphql.")
    token_minutes: int = Field(default=10, ge=1, le=1440, description="Life of an access token, in minutes.")
    session_idle_minutes: int = Field(
        default=60, ge=1, le=10_080, description="Minutes until an unused browser session ends."
    )
    session_hours: int = Field(default=12, ge=1, le=168, description="Hours after which any browser session ends.")
    refresh_days: int = Field(default=30, ge=1, le=365, description="Days until an unused refresh token ends.")
    second_factor: SecondFactor = Field(
        default=SecondFactor.OPTIONAL, description="Who must use a second factor: OPTIONAL, SECRETARIAT or EVERYONE."
    )
    oidc_issuer: str = Field(
        default="",
        max_length=200,
        description="Issuer of an external OpenID provider; empty means that people sign in here.",
    )
    oidc_audience: str = Field(default="", description="Audience of its access tokens; empty means ISSUER/graphql.")
    oidc_client_id: str = Field(default="", description="Our client id at the external provider.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Our secret at the external provider.")
    oidc_roles_claim: str = Field(default="", description="Dotted path of the roles in its tokens; empty caps nothing.")
    oidc_role_map: dict[str, str] = Field(
        default={}, description='What its roles mean, as JSON: {"role": "MEMBER"} or {"role": "MEMBER:Japan"}.'
    )
    oidc_any_token_type: bool = Field(default=False, description="Take its access tokens also with the type JWT.")
    production: bool = Field(
        default=False,
        description="Turns introspection and the page at /graphql off.",
    )

    open_editions: bool = Field(
        default=False,
        description="Opens editions, their provisions and the decisions that adopted them to everybody.",
    )

    @field_validator("issuer")
    @classmethod
    def _own_host(cls, issuer: str) -> str:
        # Cookies are bound to a whole host (the prefix __Host-), and well-known addresses stand at its root. Under a
        # path, whatever else is served beside would share both.
        check_origin(issuer)
        return issuer

    @field_validator("oidc_role_map")
    @classmethod
    def _known_capacities(cls, meanings: dict[str, str]) -> dict[str, str]:
        for role, meaning in meanings.items():
            capacity, colon, party = meaning.partition(":")
            if capacity not in list(Capacity) or (colon and not party.strip()):
                raise ValueError(f"{role}: must be one of {', '.join(Capacity)}, or such with :SHORT NAME of a party")
        return meanings

    @model_validator(mode="after")
    def _provider_is_whole(self) -> Self:
        if not self.oidc_issuer:
            return self
        if not is_protected(self.oidc_issuer):
            raise ValueError("oidc_issuer: must begin with https://, unless the provider is on this machine")
        if self.oidc_issuer.rstrip("/") == self.issuer.rstrip("/"):
            raise ValueError("oidc_issuer: is this server itself; leave it empty for people to sign in here")
        if not self.oidc_client_id:
            raise ValueError("oidc_client_id: the provider knows this server by it")
        if self.oidc_role_map and not self.oidc_roles_claim:
            raise ValueError("oidc_roles_claim: says where the roles of oidc_role_map are")
        return self

    @property
    def token_audience(self) -> str:
        """The audience in force."""
        return self.audience or f"{self.issuer}/graphql"
