"""Install PostGraphile outside the checkout, from the lock beside this file, and lend a server of it."""

import asyncio
import hashlib
import os
import re
import shutil
import subprocess
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tests.bench.load import Serving, started

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
OLDEST_NODE = 22


class NotInstalled(Exception):
    """PostGraphile cannot be measured here, and why."""


async def installed() -> tuple[str, str]:
    """Return the commands `node` and the script of the server, after installing them into the cache if need be.

    Raise NotInstalled without npm, without a network, and without a Node that is new enough.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "intersession-bench" / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    if not (folder / "node_modules" / ".package-lock.json").exists():  # npm writes it last
        await asyncio.to_thread(_install, folder)
    shutil.copy(HERE / "server.mjs", folder)
    return await asyncio.to_thread(_node, folder), str(folder / "server.mjs")


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NotInstalled("there is no npm")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        raise NotInstalled(f"npm cannot install it: {result.stderr.strip()}")


def _node(folder: Path) -> str:
    """Return the Node of the lock, where there is one for this machine, else that of the system."""
    of_lock = next(iter(sorted(folder.glob("node_modules/node-*/bin/node"))), None)
    node = str(of_lock) if of_lock else shutil.which("node")
    if node is None:
        raise NotInstalled("there is no Node")
    version = subprocess.run((node, "--version"), capture_output=True, text=True, check=True).stdout
    if int(re.findall(r"\d+", version)[0]) < OLDEST_NODE:
        raise NotInstalled(f"it needs Node {OLDEST_NODE} and this is {version.strip()}")
    return node


def serve(node: str, script: str, url: str) -> AbstractAsyncContextManager[Serving]:
    """Lend a server process on a database of PostgreSQL, as for production."""
    return started(node, script, url, environment={"NODE_ENV": "production", "GRAPHILE_ENV": "production"})
