"""Settings of the console command."""

from typing import cast

import click
from pydantic import Field

from server.delivery.settings import DeliverySettings
from server.identity.settings import IdentitySettings
from server.storage.settings import StorageSettings


class ShellSettings(StorageSettings, IdentitySettings, DeliverySettings):
    """What the commands need of the settings of other rooms, and the limit of the imports."""

    import_bytes: int = Field(default=2_000_000, ge=1_000, description="Largest file that the imports read, in bytes.")


def current_settings() -> ShellSettings:
    """Return the settings of the command that is running.

    `server.cli` leaves the class of the settings at the root of the command's context, so that they are read when a
    command needs them and `--help` works whatever they are.
    """
    return cast(ShellSettings, click.get_current_context().find_root().obj())
