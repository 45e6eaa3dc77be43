"""Bound the processor time that each caller may take for what is prepared for them alone."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from server.transport.errors import Code, ComeAgain

MOST_CALLERS = 10_000
"""Callers remembered; who was longest idle is forgotten first, and then has a full share again."""


@dataclass(slots=True)
class _Account:
    """What is left of a share, in seconds of processor time, and when that was reckoned."""

    left: float
    at: float


class Shares:
    """A share of one processor for each caller: `burst` seconds at once, and `rate` seconds per second afterwards."""

    def __init__(self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._rate = rate
        self._clock = clock
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def check(self, caller: str) -> None:
        """Raise RequestRefused (RATE_LIMITED) if the share of a caller is used up."""
        left = self._account_of(caller).left
        if left < 0:
            message = "Too many different documents were sent: put what changes into variables, and go on later."
            raise ComeAgain(Code.RATE_LIMITED, message, -left / self._rate, status=429)

    def use(self, caller: str, seconds: float) -> None:
        """Take so many seconds from the share of a caller. The last use may take more than is left."""
        self._account_of(caller).left -= seconds

    def _account_of(self, caller: str) -> _Account:
        now = self._clock()
        account = self._accounts.setdefault(caller, _Account(self._burst, now))
        self._accounts.move_to_end(caller)
        account.left = min(self._burst, account.left + (now - account.at) * self._rate)
        account.at = now
        if len(self._accounts) > MOST_CALLERS:
            self._accounts.popitem(last=False)
        return account
