"""The addresses that a server listens on."""

import socket

import pytest

from server.kernel.faults import MachineFault
from server.web.browser.listening import address_of, listening

ABSENT = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2001:db8::1", 0, 0, 0))
"""An address for documentation: no machine has it, whether it knows IPv6 or not."""
PRESENT = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))


def test_listening_on_a_name_with_an_address_that_is_absent_takes_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [ABSENT, PRESENT])

    with listening("localhost", 0) as listeners:
        names = [listener.getsockname()[0] for listener in listeners]

    assert names == ["127.0.0.1"]
    assert [listener.fileno() for listener in listeners] == [-1]


def test_listening_on_addresses_that_are_all_absent_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [ABSENT, ABSENT])

    with pytest.raises(MachineFault, match=r"^Cannot listen on elsewhere:0: "), listening("elsewhere", 0):
        pass


def test_listening_on_a_port_that_is_taken_closes_what_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening("127.0.0.1", 0) as (taken,):
        again = (*PRESENT[:4], taken.getsockname())
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [PRESENT, again])

        # A socket that stayed open would be a warning, and warnings are errors.
        with pytest.raises(MachineFault, match="Address already in use"), listening("127.0.0.1", 0):
            pass


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80"), ("a.b", "a.b:80")])
def test_address_of_a_host_is_written_as_in_a_url(host: str, address: str) -> None:
    assert address_of(host, 80) == address
