"""Settings of the database."""

from pydantic import BaseModel, Field, field_validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SHAPE = "must be postgresql://USER:PASSWORD@HOST:PORT/NAME; write @ in a password as %40, and % as %25"


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
        if url:
            if not url.startswith("postgresql://"):
                raise ValueError("must begin with postgresql://")
            _check_address(url)
        return url

    @field_validator("database")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        if url.startswith("postgresql://"):
            _check_address(url)
        elif not make_url(url).database:
            raise ValueError("must name a file: sqlite:///FILE, with four slashes for an absolute path")
        return url


def _check_address(url: str) -> None:
    """Raise ValueError unless this is the address of a database; quote nothing of it, for it may hold a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    # an @ that is not written as %40 would make the rest of a password the host, which errors name
    if parsed is None or not parsed.database or "@" in (parsed.host or ""):
        raise ValueError(SHAPE)
