"""The audits of the npm package graphql-http against a real server: GraphQL over HTTP, all of it."""

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from tests.graphql_http.sample import endpoint

AUDIT = Path(__file__).parent / "audit"

# starts a server in a thread and Node in a subprocess; the first run on a machine also installs two npm packages
pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed: the graphql-http audit needs it"),
    pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed: the graphql-http audit needs it"),
]


@pytest.fixture(scope="module")
def audit_script() -> Path:
    """Install the audit as its lock file says, once per checkout."""
    if not (AUDIT / "node_modules" / ".package-lock.json").exists():
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        installed = subprocess.run(command, cwd=AUDIT, capture_output=True, text=True, timeout=300, check=False)
        if installed.returncode != 0:
            pytest.skip("npm ci failed: the package graphql-http could not be installed (offline?)")
    return AUDIT / "audit.mjs"


@pytest.fixture
def url() -> Iterator[str]:
    """Serve the sample schema with uvicorn on a free port."""
    listening = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            listening.set()

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Server(uvicorn.Config(endpoint(), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]}, daemon=True)
        thread.start()
        assert listening.wait(10)
        yield f"http://127.0.0.1:{free.getsockname()[1]}/graphql"
        server.should_exit = True
        thread.join(10)
    assert not thread.is_alive()


def test_audit_of_graphql_over_http_passes_whole(audit_script, url):
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = ["node", str(audit_script), url]

    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)

    results = json.loads(run.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61
