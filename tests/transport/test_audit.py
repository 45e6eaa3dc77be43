"""The audits of the npm package graphql-http against a real server: GraphQL over HTTP, all of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.serving import NEEDS_NODE, free_port, installed, run_node, serving
from tests.transport.sample import endpoint

# starts a server in a thread and Node in a subprocess; the first run on a machine also installs two npm packages
pytestmark = NEEDS_NODE


@pytest.fixture
def url() -> Iterator[str]:
    """Serve the sample schema with uvicorn on a free port."""
    with free_port() as (listener, port), serving(endpoint(), listener, lifespan="off"):
        yield f"http://127.0.0.1:{port}/graphql"


def test_audit_of_graphql_over_http_passes_whole(url: str) -> None:
    results = json.loads(run_node(installed(Path(__file__).parent / "audit") / "audit.mjs", url))

    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61
