"""Settings of the database."""

from pydantic import BaseModel, Field, field_validator


class StorageSettings(BaseModel):
    """Where the database is, and how many connections are held."""

    database: str = Field(
        default="sqlite:///data/intersession.db",
        description="Database URL: sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    pool: int = Field(
        default=15,
        ge=1,
        description="PostgreSQL connections at most for direct reads, as many for other reads and as many for writing.",
    )

    owner_database: str = Field(
        default="",
        description="The same PostgreSQL database as the role that owns the tables; `migrate` runs as this role.",
    )

    @field_validator("owner_database")
    @classmethod
    def _known_owner(cls, url: str) -> str:
        if url and not url.startswith("postgresql://"):
            raise ValueError("must begin with postgresql://")
        return url

    @field_validator("database")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url
