"""Write a draft of the next migration: what the tables say and the newest revision does not.

`make revision MESSAGE="add remarks to sittings"` calls this. It compares with a database of its own, made by the
revisions, so that it needs no server and no database at hand.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.script import ScriptDirectory

from alembic import command
from server.storage.migrations import configuration
from server.storage.schema import SCRIPTS


def draft_revision(message: str, scripts: Path = SCRIPTS) -> Path:
    """Write the next revision into `scripts` and return its path. Raise ValueError without a message."""
    if not message.strip():
        raise ValueError("Say in a few words what the revision does: make revision MESSAGE='add remarks to sittings'")
    with TemporaryDirectory() as folder:
        config = configuration(f"sqlite:///{folder}/compared.db", scripts)
        command.upgrade(config, "head")
        newest = ScriptDirectory.from_config(config).get_current_head() or "0000"
        draft = command.revision(config, message, autogenerate=True, rev_id=f"{int(newest) + 1:04d}")
    assert draft is not None
    assert not isinstance(draft, list)
    return Path(draft.path)


if __name__ == "__main__":
    try:
        print(draft_revision(" ".join(sys.argv[1:])))
    except ValueError as error:
        sys.exit(str(error))
