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
"""(part of the user agent, name); the order matters: Edge also says Chrome, and Android also says Linux."""


def format_instant(instant: datetime, zone: str) -> str:
    """Return an instant as people of a zone read it: "12 October 2018, 17:00"."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{format_day(local)}, {local:%H:%M}"


def format_day(day: date) -> str:
    """Return a day as people read it: "12 October 2018"."""
    return f"{day.day} {day:%B %Y}"


def format_code(typed: str) -> str:
    """Return the user code as the device shows it, in whatever way it was typed: "BCDF-GHJK"."""
    letters = normalise_user_code(typed)
    return f"{letters[:4]}-{letters[4:]}"


def browser_name(user_agent: str) -> str:
    """Return the name of a browser in words: "Firefox on Linux"."""
    engine = next((name for token, name in ENGINES if token in user_agent), "A browser")
    system = next((name for token, name in SYSTEMS if token in user_agent), "")
    return f"{engine} on {system}" if system else engine


_TEMPLATES.filters |= {"at": format_instant, "day": format_day, "browser": browser_name, "device_code": format_code}


def page(template: str, *, status: int = 200, sends_to: Iterable[str] = (), **values: Any) -> HTMLResponse:
    """Return a page made from a template in `templates/`.

    `sends_to` are further origins to which a form may lead in the end, because browsers hold the redirect that answers
    a form to `form-action` too. The page is not cached: it is meant for one person.
    """
    # 'self' is put in afterwards: before Python 3.12 an f-string takes no double quotes inside its braces
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"base-uri 'none'; frame-ancestors 'none'; form-action {' '.join(('self_', *sends_to))}"
    ).replace("self_", "'self'")
    headers = {"content-security-policy": policy, "cache-control": "no-store", "referrer-policy": "same-origin"}
    return HTMLResponse(_TEMPLATES.get_template(template).render(values), status_code=status, headers=headers)
