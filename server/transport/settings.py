"""Settings of the GraphQL endpoint."""

from pathlib import Path

from pydantic import BaseModel, Field, field_validator

MANIFEST = Path(__file__).parents[2] / "frontend-contracts" / "manifests" / "persisted-query-manifest.json"


class TransportSettings(BaseModel):
    """Which documents are taken, and the limits of one operation."""

    trusted_only: bool = Field(default=False, description="Refuse every document that is not in the manifest.")
    manifest: str = Field(default=str(MANIFEST), description="Manifests of the trusted documents, separated by commas.")
    body_bytes: int = Field(default=100_000, ge=1_000, description="Largest request body of /graphql, in bytes.")
    seconds: float = Field(default=30.0, gt=0, le=3_600, description="Longest time one operation may take, in seconds.")
    patience: float = Field(
        default=2.0,
        gt=0,
        le=600,
        description="Seconds that an operation may wait for its turn; if more are expected, it is refused at once.",
    )
    requests: int = Field(
        default=2_000, ge=10, description="Requests answered at the same time; further ones are refused at once."
    )
    public_requests: int = Field(
        default=120,
        ge=1,
        description="Queries that visitors who are not signed in may send from one address in a minute, where editions "
        "are open.",
    )
    metrics_secret: str = Field(
        default="", description="Secret that /metrics asks for, as a bearer token; empty turns /metrics off."
    )
    connections_per_person: int = Field(
        default=50, ge=1, description="WebSockets and event streams that one person may have open at once."
    )
    connections_per_address: int = Field(
        default=5_000, ge=1, description="WebSockets and event streams from one address at once."
    )
    anonymous_connections: int = Field(
        default=20, ge=0, description="Those of visitors who are not signed in, from one address at once."
    )
    anonymous_seconds: float = Field(
        default=60.0,
        gt=0,
        le=86_400,
        description="Seconds after which a visitor who is not signed in and asks nothing is sent away.",
    )

    @field_validator("metrics_secret")
    @classmethod
    def _fit_for_a_header(cls, secret: str) -> str:
        if secret != secret.strip() or not all(" " <= character <= "~" for character in secret):
            raise ValueError("must be of ASCII characters without spaces around them, because it is sent in a header")
        return secret

    @field_validator("manifest")
    @classmethod
    def _name_a_file(cls, listed: str) -> str:
        if not any(name.strip() for name in listed.split(",")):
            raise ValueError("must name the file of a manifest")
        return listed

    @property
    def manifests(self) -> tuple[Path, ...]:
        """The files that `manifest` names."""
        return tuple(Path(name.strip()) for name in self.manifest.split(",") if name.strip())
