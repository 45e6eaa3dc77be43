"""The file of an embedded database. It holds keys and what people filed, so nobody but its owner may read it."""

import os
import stat
from pathlib import Path

import structlog
from sqlalchemy.engine import URL

from server.kernel.faults import MachineFault

BESIDE = ("", "-wal", "-shm")
"""Endings of the files that SQLite keeps for one database in WAL mode. It writes all of them, also to read."""
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
HEADER = b"SQLite format 3\0"
"""The first bytes of every SQLite database that is not empty."""
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO
"""The rights of everybody but the owner."""


def prepare_file(url: URL) -> None:
    """Make the folder of a SQLite file, if it is missing, and keep others from reading the files that are there.

    Raises MachineFault if the folder cannot be made, if SQLite could not write in it, or if the file is of another
    sort: nothing of it is changed then.
    """
    if not url.database or url.database == ":memory:":
        return
    file = Path(url.database).absolute()
    make_folder(file.parent)
    if file.is_dir():
        raise _fault(file, "is a folder")
    for path in (file.parent, *files_of(file)):
        if path.exists() and not os.access(path, os.W_OK):
            raise _fault(path, "cannot be written")
    if not _may_be_database(file):
        raise _fault(file, "is another file and no database")
    for path in files_of(file):
        keep_private(path)


def _may_be_database(file: Path) -> bool:
    """Return whether a file is a SQLite database, or empty, or not there."""
    if not file.exists():
        return True
    with file.open("rb") as stream:
        return stream.read(len(HEADER)) in (b"", HEADER)


def files_of(file: Path) -> list[Path]:
    """Return the files that SQLite keeps for the database in `file`, whether they are there or not."""
    return [file.with_name(file.name + ending) for ending in BESIDE]


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and those around it, where they are missing.

    Raises MachineFault if that is not possible.
    """
    for each in (*reversed(folder.parents), folder):
        try:
            each.mkdir(PRIVATE_FOLDER, exist_ok=True)
        except OSError as error:
            if not each.is_dir():
                raise _fault(folder, f"cannot be made: {os.strerror(error.errno or 0)}") from error


def make_private(file: Path) -> None:
    """Make an empty file that only its owner may read. Do nothing if it is there.

    SQLite gives the files that it puts beside a database the rights of the database.
    """
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, PRIVATE_FILE))


def keep_private(path: Path) -> None:
    """Take the rights of others on a file away, and log it. Do nothing if they have none, or if there is no file."""
    try:
        rights = stat.S_IMODE(path.stat().st_mode)
        if not rights & OF_OTHERS:
            return
        path.chmod(rights & ~OF_OTHERS)
    except FileNotFoundError:
        return
    except OSError as error:
        structlog.get_logger().warning("others may read the database", file=str(path), reason=error.strerror)
    else:
        structlog.get_logger().warning("others could read the database: mended", file=str(path), rights=f"{rights:04o}")


def _fault(path: Path, reason: str) -> MachineFault:
    advice = "Set INTERSESSION_DATABASE to a file that can be written: sqlite:////absolute/path/intersession.db"
    return MachineFault(f"No place for the database: {path} {reason}. {advice}")
