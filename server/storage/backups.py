"""Back up and restore a database, each wholly or not at all, and verified before it counts.

SQLite's own online backup copies one state of the file while a server writes. On PostgreSQL `pg_dump` and `pg_restore`
do the same; they come with PostgreSQL, and where they are missing the message says the command.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import URL, make_url

from server.kernel.faults import MachineFault
from server.storage.connecting import connect
from server.storage.files import PRIVATE_FILE, files_of, make_folder
from server.storage.schema import read_schema_state

Verify = Callable[[str], None]
"""Raises MachineFault unless the database at a URL can be trusted."""
DUMP = ("pg_dump", "--format=custom", "--no-owner", "--no-privileges")
RESTORE = ("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
KEPT = ".before-restore"
"""Ending of the name under which a database is kept that another one was put in the place of."""


def back_up(url: str, file: Path, verify: Verify) -> None:
    """Write a copy of the database at `url` to a new file that only its owner may read.

    Raises MachineFault if the file is there, or if the copy does not hold.
    """
    if file.exists():
        raise MachineFault(f"{file} is there already, and a backup is never written over. Name another file.")
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    if not is_sqlite:
        _command(DUMP, make_url(url), f"--file={file}")  # says how, if it cannot be run here
    make_folder(file.absolute().parent)
    with _beside(file) as part:
        if is_sqlite:
            _copy_sqlite(_file_of(make_url(url)), part)
            _check_sqlite(part, verify)
        else:
            _run(DUMP, make_url(url), f"--file={part}")
            _run(("pg_restore", "--list"), None, str(part))
        _put(part, file)


def restore(file: Path, url: str, verify: Verify, *, replace: bool) -> Path | None:
    """Put a backup in the place of the database at `url`, and return where the one before is now, None if none was.

    Raises MachineFault if the backup does not hold, or if the database is not empty and `replace` is false.
    """
    if not file.is_file():
        raise MachineFault(f"There is no backup {file}.")
    if make_url(url).get_backend_name() != "sqlite":
        with connect(make_url(url)) as connection:
            if read_schema_state(connection).tables:
                raise MachineFault("The database is not empty. Make a new one, and name it by INTERSESSION_DATABASE.")
        _run(RESTORE, make_url(url), str(file))
        verify(url)
        return None
    target = _file_of(make_url(url))
    make_folder(target.absolute().parent)
    with _beside(target) as part:
        _copy_sqlite(file, part)
        _check_sqlite(part, verify)
        with _alone(target, replace=replace) as is_there:
            before = _free_name(target) if is_there else None
            if before is not None:
                os.link(target, before)
            _put(part, target)
    return before


def _free_name(target: Path) -> Path:
    """Return the name under which a database is kept: the first that is not taken, so that none before it is lost."""
    names = (target.with_name(f"{target.name}{KEPT}{f'-{number}' if number > 1 else ''}") for number in count(1))
    return next(name for name in names if not name.exists())


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Lend the path of an empty, private file in the folder of `file`, and remove whatever is left of it."""
    part = file.absolute().with_name(f".{file.name}.{os.getpid()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
    try:
        yield part
    finally:
        for each in files_of(part):
            each.unlink(missing_ok=True)


def _put(part: Path, file: Path) -> None:
    """Give a complete file its name, so that a power cut leaves either the old one or the new one."""
    for path in (part, part.parent):
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    part.replace(file)
    descriptor = os.open(file.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _file_of(url: URL) -> Path:
    return Path(url.database or "").absolute()


def _copy_sqlite(source: Path, target: Path) -> None:
    """Take a copy of one state of a SQLite database: all pages in one read transaction, while others write."""
    if not source.is_file():
        raise MachineFault(f"There is no database {source}.")
    try:
        with closing(_open(source, "ro")) as reader, closing(_open(target, "rw")) as writer:
            reader.backup(writer, pages=-1)
    except sqlite3.Error as error:
        raise MachineFault(f"{source} cannot be copied: {error}.") from error


def _check_sqlite(file: Path, verify: Verify) -> None:
    """Check every page of a copy and then what it holds, and leave it as one file, without -wal and -shm."""
    try:
        with closing(_open(file, "rw")) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    except sqlite3.Error as error:
        faults = [str(error)]
    if faults != ["ok"]:
        raise MachineFault(f"The copy is not a whole database: {faults[0]}.")
    verify(f"sqlite:///{file}")
    with closing(_open(file, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _alone(file: Path, *, replace: bool) -> Iterator[bool]:
    """Hold a database that nobody else uses, and say whether it holds anything. Its -wal and -shm are gone meanwhile.

    Raises MachineFault if it is not empty and may not be replaced, or if a server uses it.
    """
    if not file.exists() or not file.stat().st_size:
        yield False
        return
    if not replace:
        raise MachineFault(f"{file} is not empty. Say --replace if the backup shall take its place.")
    with closing(_open(file, "rw")) as connection:
        try:
            # Refused while anybody else has it open. What stands in -wal would else be applied to the new file.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise MachineFault(f"{file} cannot be replaced: {error}. If a server uses it, stop that first.") from error
        yield True


def _open(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=5)


def _run(program: tuple[str, ...], url: URL | None, argument: str) -> None:
    """Run a program of PostgreSQL. The password goes by the environment, where other users cannot read it."""
    command = _command(program, url, argument)
    password = {"PGPASSWORD": str(url.password)} if url is not None and url.password else {}
    ended = subprocess.run(command, env=os.environ | password, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise MachineFault(f"{command[0]} failed: {' '.join(ended.stderr.split())}")


def _command(program: tuple[str, ...], url: URL | None, argument: str) -> list[str]:
    """Return a command with the URL of the database, without its password. Raise MachineFault if it is missing here."""
    bare = url._replace(drivername="postgresql", password=None).render_as_string() if url is not None else ""
    command = [*program, *([f"--dbname={bare}"] if bare else []), argument]
    if shutil.which(command[0]) is None:
        raise MachineFault(f"{command[0]} is missing; it comes with PostgreSQL. Where it is, run: {' '.join(command)}")
    return command
