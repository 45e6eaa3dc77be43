"""An application on a real port, and suites in JavaScript that others wrote."""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp

NEEDS_NODE = [
    pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed: this suite needs it")
    for program in ("node", "npm")
]


@contextmanager
def free_port() -> Iterator[tuple[socket.socket, int]]:
    """Bind a socket to a free port of the loopback address, for a server with its own address in its settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        yield free, free.getsockname()[1]


@contextmanager
def serving(app: ASGIApp, listener: socket.socket, **options: Any) -> Iterator[None]:
    """Serve an application on a bound socket with uvicorn, in a thread of its own, until the block ends.

    The log is left as it is: what uvicorn configures would stay for the tests that follow.
    """
    listening = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            listening.set()

    server = Server(uvicorn.Config(app, **({"log_config": None} | options), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    assert listening.wait(120)
    yield
    server.should_exit = True
    thread.join(120)
    assert not thread.is_alive()


def installed(folder: Path) -> Path:
    """Return a folder with an npm lock file, installed as it says: once for each lock, by one worker for all."""
    locks = pytest.importorskip("fasteners")
    with locks.InterProcessLock(Path(gettempdir()) / f"npm{str(folder).replace('/', '-')}.lock"):
        made, lock = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
        if not made.exists() or made.stat().st_mtime < lock.stat().st_mtime:
            command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
            if done.returncode != 0:
                pytest.skip(f"npm ci failed in {folder.name}: its packages could not be installed (offline?)")
    return folder


def run_node(script: Path, *arguments: str, seconds: float = 600, **environment: str) -> str:
    """Run a script without a proxy between it and the loopback address, and return its output."""
    own = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = ["node", str(script), *arguments]
    run = subprocess.run(command, env=own | environment, capture_output=True, text=True, timeout=seconds, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout
