"""Keys of the embedded issuer."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base


class SigningKey(Base):
    """An ES256 key of the embedded issuer; `jwk` is the private key as a JSON Web Key."""

    __tablename__ = "signing_keys"
    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    jwk: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
