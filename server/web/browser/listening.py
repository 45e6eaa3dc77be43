"""Listening for requests. The server says that it answers when it does, not before."""

import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from server.kernel.faults import MachineFault

NOT_HERE = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
"""Errors of an address that this machine does not have, such as one of IPv6 where there is none."""
ANSWERS_WITHIN = 30
"""Seconds in which a worker says that it lives, also while it starts; after that another is begun in its place."""


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Lend a listening socket for every address of `host` that this machine has, and close them at the end.

    Raises MachineFault if there is none, or if the port of one is taken or forbidden.
    """
    with ExitStack() as opened:
        try:
            listeners = [opened.enter_context(listener) for listener in _listeners(host, port)]
        except OSError as error:
            reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
            advice = "Name another by --port (make run PORT=8100) or --host."
            raise MachineFault(f"Cannot listen on {address_of(host, port)}: {reason}. {advice}") from error
        yield listeners


def _listeners(host: str, port: int) -> Iterator[socket.socket]:
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    absences: list[OSError] = []
    for family, _, _, _, address in addresses:
        try:
            # Not only bound: two sockets that are bound and do not listen yet may share a port.
            listener = socket.create_server(address, family=family)
        except OSError as error:
            if error.errno not in NOT_HERE:
                raise
            absences.append(error)
        else:
            yield listener
    if len(absences) == len(addresses):
        raise absences[0]


def address_of(host: str, port: int) -> str:
    """Return host and port as they stand in a URL, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def serve_on(listeners: list[socket.socket], announce: Callable[[], None], *, workers: int = 1, **options: Any) -> None:
    """Serve the application until the process is told to stop. Call `announce` as soon as requests are answered.

    With several `workers` this process only watches over them, and begins another in the place of one that has died.
    """
    options |= {"workers": workers, "timeout_worker_healthcheck": ANSWERS_WITHIN, "access_log": False}
    config = uvicorn.Config("server.app:create_app", factory=True, log_level="warning", **options)
    if workers > 1:
        supervisor = _AnnouncedWorkers(config, listeners)
        supervisor.announce = announce
        supervisor.run()
        if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
            sys.exit(STARTUP_FAILURE)
        return
    server = _AnnouncedServer(config)
    server.announce = announce
    # uvicorn raises the signal that stopped it once more, after it has shut down.
    with suppress(KeyboardInterrupt):
        server.run(sockets=listeners)


class _AnnouncedServer(uvicorn.Server):
    """A server that says when it answers: after the application has started, not before."""

    announce: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then announce it."""
        await super().startup(sockets)
        self.announce()


class _AnnouncedWorkers(Multiprocess):
    """Several servers on the same sockets, announced once, when all of them answer."""

    announce: Callable[[], None]
    _is_announced = False

    def keep_subprocess_alive(self) -> None:
        """Begin another server in the place of one that has died, and announce them when they answer."""
        super().keep_subprocess_alive()
        if not self._is_announced and all(process.is_ready(timeout=1) for process in self.processes):
            self._is_announced = True
            self.announce()
