"""One server process for the measurements: `python -m tests.bench.serve graphql|ceiling URL` prints its port."""

import asyncio
import socket
import sys

import uvicorn

from server.app import create_app
from server.settings import Settings
from server.storage.database import Database
from tests.bench.ceiling import ceiling_app
from tests.factories.world import ManualClock


async def main(application: str, url: str) -> None:
    """Serve until terminated."""
    app = create_app(Settings(), Database(url, pool=15), ManualClock())
    server = app.state.server
    await server.start()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    served = app if application == "graphql" else ceiling_app(server)
    config = uvicorn.Config(served, log_level="error", lifespan="off", access_log=False)
    print(listening.getsockname()[1], flush=True)
    await uvicorn.Server(config).serve(sockets=[listening])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
