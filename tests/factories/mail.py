"""A real mail server for tests: it keeps what it gets, as bytes, with the address it was for."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """What a mail server got: address and message, in order, and each message as the bytes that came."""

    def __init__(self) -> None:
        self.received: list[tuple[str, EmailMessage]] = []
        self.raw: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        """Keep a message for each of its recipients."""
        self.raw.append(envelope.content)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.received += [(address, message) for address in envelope.rcpt_tos]  # type: ignore[misc]
        return "250 kept"

    def raw_headers(self) -> list[dict[str, str]]:
        """The headers of each message by name, as they came: unfolded, as a program of another kind unfolds them."""
        return [_unfold(each) for each in self.raw]


def _unfold(raw: bytes) -> dict[str, str]:
    lines = raw.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n")
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, str]]:
    """Run a mail server while the block runs, and give its mailbox and its address, such as `smtp://127.0.0.1:25`."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:  # aiosmtpd wants to know its port before it has one
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
