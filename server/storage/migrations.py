"""Bring a database to the newest revision. The revisions themselves are in the top-level folder `alembic/`."""

from pathlib import Path

from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import make_url

from alembic import command
from server.kernel.faults import MachineFault
from server.storage.connecting import connect
from server.storage.files import make_private, prepare_file
from server.storage.schema import SCRIPTS, check_schema, newest_revision, read_schema_state


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
    """Upgrade the database at `url` to `revision`, wholly or not at all. Do nothing if it is there already.

    Wait up to ten minutes if another process migrates the same database. A newer schema that this program can serve is
    left as it is. Raises UnknownSchema for one that it cannot.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        prepare_file(parsed)
        if parsed.database and parsed.database != ":memory:":
            make_private(Path(parsed.database))
    try:
        command.upgrade(configuration(url), revision)
    except CommandError:  # a revision that is not in the folder
        with connect(parsed) as connection:
            check_schema(read_schema_state(connection), newest_revision())


def go_back(url: str, revision: str) -> None:
    """Bring the database at `url` back to `revision`, wholly or not at all. The revisions say what that loses.

    Raises MachineFault if it is no revision before that of the database.
    """
    try:
        command.downgrade(configuration(url), revision)
    except CommandError as error:
        raise MachineFault(f"Cannot go back to {revision}: {error}") from error
