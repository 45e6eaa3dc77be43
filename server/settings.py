"""Configuration, read once from environment variables that begin with `INTERSESSION_`. Every one is in the handbook.

Each room declares its own settings; here they come together. A room reads those of its own and never these.
"""

from pydantic_settings import BaseSettings, SettingsConfigDict

from server.schema.settings import PlanningSettings
from server.tools.shell.settings import ShellSettings
from server.transport.settings import TransportSettings
from server.web.settings import LogFormat, WebSettings


class Settings(ShellSettings, PlanningSettings, TransportSettings, WebSettings, BaseSettings):
    """All settings with their defaults, which are those of the demonstration on one machine."""

    model_config = SettingsConfigDict(env_prefix="INTERSESSION_", frozen=True)

    @property
    def log_format(self) -> LogFormat:
        """The format of the log in force."""
        if self.log is LogFormat.AUTO:
            return LogFormat.JSON if self.production else LogFormat.TEXT
        return self.log
