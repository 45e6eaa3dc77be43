"""The two verifiers that stand alone, used as a stranger would: from their one file each."""

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

VERIFICATION = Path(__file__).parents[2] / "frontend-contracts" / "verification"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", VERIFICATION / "verify.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = _load()


RUNNER = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
await import(pathToFileURL(process.argv[2]));
const results = [];
const { asked, together } = JSON.parse(readFileSync(0, "utf8"));
for (const [file, options] of asked) {
  results.push(await verifyEvidence(new Uint8Array(readFileSync(file)), options));
}
if (together) results.push(verifyTogether(results));
process.stdout.write(JSON.stringify(results.map(({ holds, lines }) => ({ holds, lines }))));
"""
"""Verifies files with the script of the page, as the page would."""


class Result(NamedTuple):
    """Whether a file holds, and what a verifier says of it."""

    holds: bool
    lines: list[str]


def verify_by_python(*files: Path, key: str | None = None, head: str | None = None) -> Result:
    """Verify files by the command of `verify.py`."""
    words = [*map(str, files), *(("--key", key) if key else ()), *(("--head", head) if head else ())]
    out = StringIO()
    with redirect_stdout(out):
        status = verifier.main(words)
    return Result(status == 0, out.getvalue().splitlines())


def verify_by_node(
    folder: Path, asked: Sequence[tuple[Path, dict[str, str]]], *, together: bool = False
) -> list[Result]:
    """Verify files, each with its options, by the script of `verify.html` under Node; skip the test without Node.

    With `together` the last result is that of the files beside each other.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed: the second verifier was not tried")
    page = (VERIFICATION / "verify.html").read_text(encoding="utf-8")
    script = page.partition('<script type="module" id="verifier">')[2].partition("</script>")[0]
    (folder / "verify.mjs").write_text(script, encoding="utf-8")
    (folder / "run.mjs").write_text(RUNNER, encoding="utf-8")
    questions = json.dumps({"asked": [(str(file), options) for file, options in asked], "together": together})
    command = [node, "--no-warnings", str(folder / "run.mjs"), str(folder / "verify.mjs")]
    ended = subprocess.run(command, input=questions, capture_output=True, text=True, check=True)
    return [Result(each["holds"], each["lines"]) for each in json.loads(ended.stdout)]
