"""Bring a database to the newest revision. The revisions themselves are in the top-level folder `alembic/`."""

from pathlib import Path

from alembic.config import Config
from sqlalchemy.engine import make_url

from alembic import command
from server.storage.files import prepare_file

SCRIPTS = Path(__file__).parents[2] / "alembic"


def configuration(url: str, scripts: Path = SCRIPTS) -> Config:
    """Return the Alembic configuration for one database, with the revisions in the folder `scripts`."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    # % is doubled, because Alembic interpolates its options
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    config.set_main_option("path_separator", "os")  # Alembic 1.20 warns without it
    config.attributes["url"] = url
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database at `url` to `revision`. Do nothing if it is there already."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        prepare_file(parsed)
    command.upgrade(configuration(url), revision)
