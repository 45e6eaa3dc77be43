"""Pages as people see them: rendered here, complete without a script, and allowed to load nothing from elsewhere."""

from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

_TEMPLATES = Environment(
    loader=PackageLoader("server.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


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
