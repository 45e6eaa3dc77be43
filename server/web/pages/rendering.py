"""Pages as people see them: rendered here, complete without a script, and allowed to load nothing from elsewhere."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from server.identity.oauth.device_grant import normalise_user_code

_TEMPLATES = Environment(
    loader=PackageLoader("server.web.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

ENGINES = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""How browsers and systems are known by what they send, the more telling names first."""


def shown_at(instant: datetime, zone: str) -> str:
    """An instant as people of a zone read it: "12 October 2018, 17:00"."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{day_shown(local)}, {local:%H:%M}"


def day_shown(day: date) -> str:
    """A day as people read it: "12 October 2018"."""
    return f"{day.day} {day:%B %Y}"


def code_shown(typed: str) -> str:
    """The code of a device as the device shows it, however it was typed: "BCDF-GHJK"."""
    letters = normalise_user_code(typed)
    return f"{letters[:4]}-{letters[4:]}"


def browser_name(user_agent: str) -> str:
    """What a browser calls itself, in words: "Firefox on Linux"."""
    engine = next((name for token, name in ENGINES if token in user_agent), "A browser")
    system = next((name for token, name in SYSTEMS if token in user_agent), "")
    return f"{engine} on {system}" if system else engine


_TEMPLATES.filters |= {"at": shown_at, "day": day_shown, "browser": browser_name, "device_code": code_shown}


def page(template: str, *, status: int = 200, sends_to: Iterable[str] = (), **shown: Any) -> HTMLResponse:
    """A page made from a template in `templates/`. `sends_to` are origins besides our own to which a form may lead in
    the end, because browsers hold the redirect that answers a form to `form-action` too. Nothing of it is cached: it is
    meant for one person."""
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"base-uri 'none'; frame-ancestors 'none'; form-action {' '.join(('self_', *sends_to))}"
    ).replace("self_", "'self'")
    headers = {"content-security-policy": policy, "cache-control": "no-store", "referrer-policy": "same-origin"}
    return HTMLResponse(_TEMPLATES.get_template(template).render(shown), status_code=status, headers=headers)
