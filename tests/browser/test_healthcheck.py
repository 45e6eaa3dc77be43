"""What an orchestrator is told of a server, over real HTTP."""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from server.web.healthcheck import find_fault
from tests.factories.serving import free_port, serving

ANSWERS = {
    "ready": JSONResponse({"ready": True}),
    "overloaded": JSONResponse({"ready": False, "reason": "overloaded"}, 503),
    "database": JSONResponse({"ready": False, "reason": "database"}, 503),
    "broken": PlainTextResponse("Internal Server Error", 500),
    "list": JSONResponse(["overloaded"], 503),
}


async def answer(request: Request) -> Response:
    """Answer what the path names."""
    return ANSWERS[request.path_params["name"]]


def test_server_that_is_overloaded_is_healthy_and_one_without_database_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with free_port() as (listener, port):
        with serving(Starlette(routes=[Route("/{name}", answer)]), listener, lifespan="off"):
            faults = {name: find_fault(f"http://127.0.0.1:{port}/{name}") for name in ANSWERS}
        script = [sys.executable, "-m", "server.web.healthcheck", f"http://127.0.0.1:{port}/ready"]
        gone = subprocess.run(script, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)

    assert faults == {
        "ready": "",
        "overloaded": "",
        "database": "database",
        "broken": "status 500",
        "list": "status 503",
    }
    assert (gone.returncode, gone.stderr.startswith("no answer: ")) == (1, True)
