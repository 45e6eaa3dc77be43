"""Settings of how browsers and proxies reach this server."""

from enum import StrEnum
from ipaddress import ip_network

from pydantic import BaseModel, Field, field_validator

from server.kernel.addresses import origins_of


class LogFormat(StrEnum):
    """How the log is written."""

    AUTO = "AUTO"
    """As JSON in production, as text elsewhere."""
    JSON = "JSON"
    """One object on each line."""
    TEXT = "TEXT"
    """For people."""


class WebSettings(BaseModel):
    """Which origins may call the API, and which proxies are believed."""

    cors_origins: str = Field(default="", description="Origins whose pages may call the API, separated by spaces.")
    trusted_proxies: str = Field(
        default="127.0.0.1", description="Addresses whose X-Forwarded-For and -Proto are believed, separated by commas."
    )

    connections: int = Field(
        default=5_000, ge=10, description="Connections open at the same time; requests on further ones are refused."
    )

    log: LogFormat = Field(
        default=LogFormat.AUTO, description="How the log is written: JSON, TEXT, or AUTO (JSON in production)."
    )
    access_log: bool = Field(default=False, description="Writes every request into the log, without its query.")

    @field_validator("cors_origins")
    @classmethod
    def _exact_origins(cls, listed: str) -> str:
        return " ".join(sorted(origins_of(listed)))

    @field_validator("trusted_proxies")
    @classmethod
    def _known_proxies(cls, listed: str) -> str:
        if "*" in listed or any(proxy.strip().endswith("/0") for proxy in listed.split(",")):
            raise ValueError("must name the proxies: if everybody is believed, anyone can give a false address")
        for proxy in filter(None, map(str.strip, listed.split(","))):
            try:
                ip_network(proxy, strict=False)
            except ValueError:
                raise ValueError(f"{proxy} is no address such as 127.0.0.1 and no network such as 10.0.0.0/8") from None
        return listed
