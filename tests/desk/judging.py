"""Judges of a page in a browser: accessibility by axe, sideways scrolling, and valid markup as it was served."""

import json
import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.factories.serving import installed

SUITE = Path(__file__).parents[1] / "pages" / "axe"
"""The folder of the axe and the validator that npm installs from a lock."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""The rules whose answer depends on colours and widths: a page that was judged by all rules is judged by these again in
another look, in a fifth of the time."""
RULES_OF_WORDS = [
    *("document-title", "html-has-lang", "html-lang-valid", "valid-lang", "empty-heading", "empty-table-header"),
    *("link-name", "button-name", "input-button-name", "label", "label-title-only", "select-name", "summary-name"),
    *(
        "aria-command-name",
        "aria-input-field-name",
        "aria-meter-name",
        "aria-progressbar-name",
        "aria-toggle-field-name",
    ),
    *("image-alt", "svg-img-alt", "role-img-alt", "landmark-unique", "table-duplicate-name"),
]
"""The rules whose answer depends on words: a page that was judged in English is judged by these in another language."""


@cache
def _axe() -> str:
    return (installed(SUITE) / "node_modules" / "axe-core" / "axe.min.js").read_text()


async def violations_of(page: Page, only: Sequence[str] = ()) -> list[str]:
    """Return what axe finds, as rule and elements, by all rules or only by some.

    It is evaluated from outside, so the policy of the page stays on.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_axe())
    rules = {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES}
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    answer: dict[str, Any] = await page.evaluate("(options) => axe.run(document, options)", options)
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']][:3]}" for rule in answer["violations"]]


async def overflow_of(page: Page) -> list[str]:
    """Return by how much a page scrolls sideways, and what sticks out; nothing if it does not."""
    wider: list[str] = await page.evaluate(_WIDER)
    return wider


def faults_of_markup(folder: Path, served: dict[str, str]) -> list[str]:
    """Return what the validator finds in the markup of pages, by name. `folder` is where it reads them from."""
    suite = installed(SUITE)
    paths = {}
    for number, (name, markup) in enumerate(served.items()):
        path = folder / f"{number}.html"
        path.write_text(markup)
        paths[str(path)] = name
    command = ["node", str(suite / "node_modules" / "html-validate" / "bin" / "html-validate.mjs")]
    # into a file: what is written to a pipe is cut when the program ends
    found = folder / "found.json"
    command.append(f"--formatter=json={found}")
    command += [f"--config={suite / 'markup.mjs'}", *paths]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=dict(os.environ))
    assert run.returncode in {0, 1}, run.stdout + run.stderr
    return [
        f"{paths[file['filePath']]}, line {message['line']}: {message['ruleId']}: {message['message']}"
        for file in json.loads(found.read_text())
        for message in file["messages"]
    ]


_WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > width + 1);
  const said = out.slice(0, 3).map((each) => each.outerHTML.slice(0, 120));
  return [`${document.documentElement.scrollWidth - width} px too wide: ${said.join(" ")}`];
}"""
