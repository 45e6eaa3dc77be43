"""What a page of the desk is: an address, what it shows, and the acts that its forms send."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.responses import Response

from server.web.desk.sent import Pairs
from server.web.desk.visits import Visit

Show: TypeAlias = Callable[[Visit], Awaitable[Response]]
Onward: TypeAlias = Callable[[Visit, str, dict[str, Any]], str]
"""Returns where a person goes after an act, "" for the page itself, given the visit, the act and its fact."""

Fill: TypeAlias = Callable[[Visit, str, Pairs], Awaitable[Pairs]]
"""Returns the fields of a form as an act takes them, given the visit, the act and the fields as they were sent."""
Hold: TypeAlias = Callable[[Visit, str, Pairs], Awaitable[bool]]
"""Returns whether the page shows something first, once, before an act is sent: the visit, the act, and the fields."""
Follow: TypeAlias = Callable[[Visit, str, dict[str, Any], Pairs], Awaitable[str]]
"""Does what a form asks for besides its act, given the visit, the act, its fact and the fields.

Returns the act that the person is told of."""
Submit: TypeAlias = Callable[[Visit, Pairs], Awaitable[Response]]
"""Answers a form of a page, given the visit and the fields of the form."""


def stay(_visit: Visit, _act: str, _fact: dict[str, Any]) -> str:
    """Return to the page from which the act was sent."""
    return ""


async def as_sent(_visit: Visit, _act: str, pairs: Pairs) -> Pairs:
    """Return the fields as they were sent."""
    return pairs


async def never(_visit: Visit, _act: str, _pairs: Pairs) -> bool:
    """Send every act at once."""
    return False


async def alone(_visit: Visit, act: str, _fact: dict[str, Any], _pairs: Pairs) -> str:
    """Do nothing besides the act."""
    return act


@dataclass(frozen=True)
class Page:
    """One page.

    `path` is its address with parameters in braces. `acts` names the published mutations that its forms may send; a
    refused form is shown by `show` again, with what was written in it. So is one that only asks what would come out
    (`sent.PREVIEW`), and one that `holds` keeps back once. `fill` is for forms that ask otherwise than the input is
    made, `follow` for those that ask for a further act on what the first one made. `submit` answers the forms of a page
    that sends several acts at once. The fact of an act in `told_once` holds a secret that is not told again: `show`
    answers with it (`visit.fact`), and nobody is led on. With `brings_papers` forms bring whole papers, as text or as a
    file: those of the Secretariat may be larger then. `public` is the
    address of the page, with the same parameters, that shows everybody what is open of it, "" for none.
    """

    path: str
    show: Show
    acts: frozenset[str] = frozenset()
    onward: Onward = stay
    fill: Fill = as_sent
    holds: Hold = never
    follow: Follow = alone
    submit: Submit | None = None
    told_once: frozenset[str] = frozenset()
    brings_papers: bool = False
    public: str = ""
