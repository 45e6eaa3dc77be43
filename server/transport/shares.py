"""Bound what each caller may take of something that all share, such as the time to prepare documents."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from server.transport.errors import Code, ComeAgain

MOST_CALLERS = 10_000
"""Callers remembered; who was longest idle is forgotten first, and then has a full share again."""
DOCUMENTS = "Too many different documents were sent: put what changes into variables, and go on later."


@dataclass(slots=True)
class _Account:
    """What is left of a share, and when that was reckoned."""

    left: float
    at: float


class Shares:
    """A share for each caller: `burst` at once, and `rate` in a second afterwards.

    It is of seconds of processor time, or of anything else that is counted. `message` says what to do without it.
    """

    def __init__(
        self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic, message: str = DOCUMENTS
    ) -> None:
        self._message = message
        self._burst = burst
        self._rate = rate
        self._clock = clock
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def check(self, caller: str) -> None:
        """Raise RequestRefused (RATE_LIMITED) if the share of a caller is used up."""
        left = self._account_of(caller).left
        if left < 0:
            raise ComeAgain(Code.RATE_LIMITED, self._message, -left / self._rate, status=429)

    def use(self, caller: str, amount: float) -> None:
        """Take so much from the share of a caller. The last use may take more than is left."""
        self._account_of(caller).left -= amount

    def _account_of(self, caller: str) -> _Account:
        now = self._clock()
        account = self._accounts.setdefault(caller, _Account(self._burst, now))
        self._accounts.move_to_end(caller)
        account.left = min(self._burst, account.left + (now - account.at) * self._rate)
        account.at = now
        if len(self._accounts) > MOST_CALLERS:
            self._accounts.popitem(last=False)
        return account
