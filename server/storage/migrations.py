"""Bring a database to the newest revision. The revisions themselves are in the top-level folder `alembic/`."""

import warnings
from pathlib import Path

from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from alembic import command
from server.kernel.faults import MachineFault
from server.storage.connecting import connect
from server.storage.files import make_private, prepare_file
from server.storage.schema import SCRIPTS, UnknownSchema, check_schema, ensure_ours, newest_revision, read_schema_state


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
    left as it is. Raises UnknownSchema for one that it cannot, and for a database of another program, which is not
    touched.
    """
    parsed = make_url(url)
    _look_at(parsed)
    if parsed.get_backend_name() == "sqlite":
        prepare_file(parsed)
        if parsed.database and parsed.database != ":memory:":
            make_private(Path(parsed.database))
    try:
        with warnings.catch_warnings():
            # SQLite has indexes over expressions and SQLAlchemy cannot read them back; revisions do not need to.
            warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index")
            command.upgrade(configuration(url), revision)
    except CommandError:  # a revision that is not in the folder
        with connect(parsed) as connection:
            check_schema(read_schema_state(connection), newest_revision())


def _look_at(url: URL) -> None:
    """Raise UnknownSchema if a database is of another program. A file that is not there is not made."""
    file = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and not (file.is_file() and file.stat().st_size):
        return
    try:
        with connect(url) as connection:
            ensure_ours(read_schema_state(connection))
    except DatabaseError as error:
        if url.get_backend_name() != "sqlite" or "not a database" not in str(error):
            raise
        raise UnknownSchema(f"{file} is not a database. Name another by INTERSESSION_DATABASE.") from error


def go_back(url: str, revision: str) -> None:
    """Bring the database at `url` back to `revision`, wholly or not at all. The revisions say what that loses.

    Raises MachineFault if it is no revision before that of the database.
    """
    try:
        command.downgrade(configuration(url), revision)
    except CommandError as error:
        raise MachineFault(f"Cannot go back to {revision}: {error}") from error
