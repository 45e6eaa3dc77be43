"""The file of an embedded database."""

import os
from pathlib import Path

from sqlalchemy.engine import URL

from server.kernel.faults import MachineFault

BESIDE = ("", "-wal", "-shm")
"""Endings of the files that SQLite keeps for one database in WAL mode. It writes all of them, also to read."""


def prepare_file(url: URL) -> None:
    """Make the folder of a SQLite file, if it is missing.

    Raises MachineFault if the folder cannot be made, or if SQLite could not write in it.
    """
    if not url.database or url.database == ":memory:":
        return
    file = Path(url.database).absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _fault(file.parent, f"cannot be made: {os.strerror(error.errno or 0)}") from error
    if file.is_dir():
        raise _fault(file, "is a folder")
    for path in (file.parent, *(file.with_name(file.name + ending) for ending in BESIDE)):
        if path.exists() and not os.access(path, os.W_OK):
            raise _fault(path, "cannot be written")


def _fault(path: Path, reason: str) -> MachineFault:
    advice = "Set INTERSESSION_DATABASE to a file that can be written: sqlite:////absolute/path/intersession.db"
    return MachineFault(f"No place for the database: {path} {reason}. {advice}")
