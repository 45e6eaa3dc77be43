"""Configuration, read once from environment variables that begin with `INTERSESSION_`. Every one is in the README."""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MANIFEST = Path(__file__).parent.parent / "frontend-contracts" / "manifests" / "persisted-query-manifest.json"


class Settings(BaseSettings):
    """All settings with their defaults, which are those of the demonstration on one machine."""

    model_config = SettingsConfigDict(env_prefix="INTERSESSION_", frozen=True)

    database: str = Field(
        default="sqlite:///data/intersession.db",
        description="Database URL: sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    issuer: str = Field(
        default="http://127.0.0.1:8000",
        description="Issuer of access tokens and public address of this server, without slash.",
    )
    audience: str = Field(default="", description="Audience that access tokens must carry; empty means ISSUER/graphql.")
    token_minutes: int = Field(default=10, ge=1, le=1440, description="Life of an access token, in minutes.")
    production: bool = Field(
        default=False,
        description="Turns introspection and the page at /graphql off.",
    )
    trusted_only: bool = Field(default=False, description="Refuse every document that is not in the manifest.")
    manifest: Path = Field(default=MANIFEST, description="Manifest of the trusted documents.")
    body_bytes: int = Field(default=100_000, ge=1_000, description="Largest request body of /graphql, in bytes.")
    import_bytes: int = Field(default=2_000_000, ge=1_000, description="Largest file that the imports read, in bytes.")
    seconds: float = Field(default=30.0, gt=0, description="Longest time one operation may take, in seconds.")
    pool: int = Field(default=15, ge=1, description="PostgreSQL connections for reading, and as many for writing.")

    @field_validator("database")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url

    @property
    def token_audience(self) -> str:
        """The audience in force."""
        return self.audience or f"{self.issuer}/graphql"
