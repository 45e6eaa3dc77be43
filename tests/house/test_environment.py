"""The suite runs the same in every shell."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def printed_in_shell(shell: dict[str, str], expression: str) -> str:
    """Return what an expression prints where the tests have been imported in a shell with these variables."""
    imports = "import os, tests; from typer import rich_utils; from server.settings import Settings"
    script = f"{imports}; print({expression})"
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ | shell, capture_output=True, text=True, check=False)
    return ended.stdout or ended.stderr


def test_suite_in_a_shell_with_settings_reads_none_of_them() -> None:
    settings = {
        "INTERSESSION_DATABASE": "nonsense",
        "INTERSESSION_ISSUER": "http://127.0.0.1:81",
        "intersession_pool": "0",
    }

    assert printed_in_shell(settings, "Settings().model_fields_set") == "set()\n"


def test_suite_in_a_shell_of_a_database_administrator_meets_no_other_database() -> None:
    shell = {"PGHOST": "db.example", "PGOPTIONS": "-c search_path=x", "PGSSLMODE": "require", "WEB_CONCURRENCY": "8"}

    assert printed_in_shell(shell, f"set(os.environ) & {set(shell)}") == "set()\n"


def test_suite_in_a_shell_that_asks_for_colours_and_another_width_writes_neither() -> None:
    terminal = {"FORCE_COLOR": "1", "GITHUB_ACTIONS": "true", "COLUMNS": "40", "TERMINAL_WIDTH": "40"}

    expression = "rich_utils.FORCE_TERMINAL, rich_utils.MAX_WIDTH, rich_utils._get_rich_console().width"
    assert printed_in_shell(terminal, expression) == "None None 80\n"
