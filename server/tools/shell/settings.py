"""Settings of the console command."""

from collections.abc import Callable
from contextvars import ContextVar

from pydantic import Field

from server.delivery.settings import DeliverySettings
from server.identity.settings import IdentitySettings
from server.storage.settings import StorageSettings


class ShellSettings(StorageSettings, IdentitySettings, DeliverySettings):
    """What commands need of the settings of other rooms, the limit of imports, and how long invitations last."""

    import_bytes: int = Field(default=2_000_000, ge=1_000, description="Largest file that the imports read, in bytes.")
    invitation_days: int = Field(default=14, ge=1, le=90, description="Days for which an invitation can be taken up.")


SETTINGS: ContextVar[Callable[[], ShellSettings]] = ContextVar("SETTINGS")
"""Reads the settings of the server. `server.cli` sets it before each command, because settings lie above this room."""


def current_settings() -> ShellSettings:
    """Read the settings from the environment; only a command that asks fails where they are wrong."""
    return SETTINGS.get()()
