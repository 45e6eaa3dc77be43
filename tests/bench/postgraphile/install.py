"""Install PostGraphile as the lock beside this file says, and lend a server of it."""

import re
import shutil
import subprocess
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.bench.load import Serving, started
from tests.factories.serving import installed

HERE = Path(__file__).parent
OLDEST_NODE = 22


class NotInstalled(Exception):
    """PostGraphile cannot be measured here, and why."""


def find_node() -> str:
    """Install the packages once per checkout, and return the Node of the lock or else that of the system.

    Raise NotInstalled without npm, without a network, and without a Node that is new enough.
    """
    if shutil.which("npm") is None:
        raise NotInstalled("there is no npm")
    try:
        folder = installed(HERE)
    except pytest.skip.Exception as reason:
        raise NotInstalled(str(reason)) from reason
    of_lock = next(folder.glob("node_modules/node-*/bin/node"), None)  # there is one for this platform, or none
    node = str(of_lock) if of_lock else shutil.which("node")
    if node is None:
        raise NotInstalled("there is no Node")
    version = subprocess.run((node, "--version"), capture_output=True, text=True, check=True).stdout
    if int(re.findall(r"\d+", version)[0]) < OLDEST_NODE:
        raise NotInstalled(f"it needs Node {OLDEST_NODE}, and this is {version.strip()}")
    return node


def serve(node: str, url: str) -> AbstractAsyncContextManager[Serving]:
    """Lend a server process on a database of PostgreSQL, as for production."""
    production = {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    return started(node, str(HERE / "server.mjs"), url, environment=production)
