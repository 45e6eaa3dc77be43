"""Ask the server on this machine how it is, for an orchestrator: `python -m server.web.healthcheck`.

An orchestrator replaces what is not healthy. A server that refuses requests because there are too many is therefore
healthy: another in its place would have as many, and nobody connected. Nothing but the standard library is imported,
because this runs every half minute.
"""

import json
import sys
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

ADDRESS = "http://127.0.0.1:8000/readyz"
SECONDS = 8.0
"""Longer than the server waits for its database before it says that it is away."""
BUSY = "overloaded"


def find_fault(address: str, seconds: float = SECONDS) -> str:
    """Return what is wrong with the server whose `/readyz` is at `address`, "" if nothing is."""
    # no proxy: HTTP_PROXY is set in many containers, and would be asked about this very machine
    opener = build_opener(ProxyHandler({}))
    try:
        opener.open(address, timeout=seconds).close()
    except HTTPError as answer:
        with answer:
            reason = _reason_in(answer.read(1_000))
        return "" if (answer.code, reason) == (503, BUSY) else reason or f"status {answer.code}"
    except (URLError, OSError) as error:
        return f"no answer: {error}"
    return ""


def _reason_in(body: bytes) -> str:
    try:
        return str(json.loads(body)["reason"])
    except (ValueError, KeyError, TypeError):
        return ""


if __name__ == "__main__":
    fault = find_fault(sys.argv[1] if len(sys.argv) > 1 else ADDRESS)
    sys.exit(fault or 0)
