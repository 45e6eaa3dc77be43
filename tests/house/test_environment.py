"""The suite runs the same in every shell."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_suite_started_in_a_shell_with_settings_reads_none_of_them() -> None:
    shell = {
        "INTERSESSION_DATABASE": "nonsense",
        "INTERSESSION_ISSUER": "http://127.0.0.1:8100",
        "intersession_pool": "0",
    }
    script = "import tests; from server.settings import Settings; print(Settings().model_fields_set)"

    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=os.environ | shell, capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout) == (0, "set()\n"), ended.stderr
