"""Words that only the pages before sign-in and of the account use: codes of devices and names of browsers."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import getitem
from typing import Any

from server.identity.oauth.device_grant import normalise_user_code
from server.kernel.sorting import sort_key
from server.web.look.languages import say
from server.web.look.periods import say_period

ENGINES = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""(part of the user agent, name); the order matters: Edge also says Chrome, and Android also says Linux."""


def format_code(typed: str) -> str:
    """Return the user code as the device shows it, in whatever way it was typed: "BCDF-GHJK"."""
    letters = normalise_user_code(typed)
    return f"{letters[:4]}-{letters[4:]}"


def browser_name(user_agent: str) -> str:
    """Return the name of a browser in words: "Firefox on Linux"."""
    engine = next((name for token, name in ENGINES if token in user_agent), say("A browser"))
    system = next((name for token, name in SYSTEMS if token in user_agent), "")
    return say("{engine} on {system}", engine=engine, system=system) if system else engine


def sort_by_name(items: Iterable[Mapping[str, Any]], *path: str) -> list[Mapping[str, Any]]:
    """Return data in the order of the name to which a path leads in each: "party", "shortName"."""
    return sorted(items, key=lambda item: sort_key(str(reduce(getitem, path, item))))


FILTERS = {
    "browser": browser_name,
    "by_name": sort_by_name,
    "device_code": format_code,
    "printed": say_period,
}
