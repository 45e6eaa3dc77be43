"""What binds the server to the filings of a sealed round or call: its seals, and how everybody checks them."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from server.transport.settings import MANIFEST
from server.web.desk.visits import Visit

SHOWN = 5
"""Seals that a page shows, the newest; the public list has all."""
_CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)


class Seals(NamedTuple):
    """The newest seals of a round or call, the number of all, and a program of ten lines that checks them."""

    newest: list[Mapping[str, Any]]
    total: int
    program: str


async def read_seals(visit: Visit, sealed_in: Mapping[str, Any]) -> Seals | None:
    """Return the seals of a round or a call; None if it is not sealed."""
    if sealed_in["visibility"] != "AFTER_CLOSE":
        return None
    wanted = {"filter": {"sealedInId": [sealed_in["id"]]}, "orderBy": "NUMBER_DESC", "first": SHOWN}
    seals = (await visit.read("SealList", **wanted))["seals"]
    return Seals(seals["nodes"], seals["totalCount"], _PROGRAM)


def _read_program() -> str:
    """Return the program in the recipe of the verifier."""
    recipe = (MANIFEST.parents[1] / "verification" / "README.md").read_text(encoding="utf-8")
    match = _CODE.search(recipe)
    assert match is not None
    return match[1]


_PROGRAM = _read_program()
