"""Render templates into pages: complete without a script, and allowed to load nothing from elsewhere."""

import re
from collections.abc import Iterable
from functools import cache
from gettext import NullTranslations
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, nodes, pass_context
from markupsafe import Markup, escape
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.identity.secrets import new_secret
from server.web.look.changes import mark_up
from server.web.look.folding import Folding
from server.web.look.isolation import isolated, settle
from server.web.look.languages import ENGLISH, catalogue_of, labels_of, locale_of, sentence, spoken
from server.web.look.refusals import say_faults, say_why
from server.web.look.words import FILTERS

ROOMS = ("server.web.look", "server.web.pages", "server.web.desk", "server.web.explorer")
"""The packages with a folder `templates`."""
SHEET = "pages.css"
_OF_ALL = ("One style sheet", "forms", "what the page says", "top of every page")
PARTS = {
    "door.css": (*_OF_ALL, "pages before sign-in"),
    "public.css": (
        *(*_OF_ALL, "where one can go", "a state in words", "tables", "numbers of provisions"),
        *("a comment or a change as one block", "the end of a page"),
    ),
}
"""Parts of the style sheet by name, each a file of its own: the beginnings of the headings of its sections. They are
for pages that somebody opens first of all, before sign-in and without one, on a line that may be slow."""
FILES = {
    **dict.fromkeys((SHEET, *PARTS), "text/css"),
    **dict.fromkeys(("passkeys.js", "desk.js"), "text/javascript"),
}
COMPRESSED = (Middleware(GZipMiddleware, minimum_size=500),)
"""Compression tells nothing (BREACH), because pages of the desk hold no secret: forms are checked by origin, not by a
token."""
_FOREVER = {"x-content-type-options": "nosniff", "cache-control": "public, max-age=31536000, immutable"}


class _Templates(Environment):
    """An environment of one language that looks into dicts first: the answers of operations are dicts within dicts.

    Jinja tries an attribute first, which for a dict ends in an exception each time: thousands in a page.
    """

    folding: Folding
    """What writes the words of the language into templates; set before the first one is compiled."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value of a key of a dict, else what Jinja finds."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(self.folding.visit(source), *args, **kwargs)


def _translators(catalogue: NullTranslations) -> dict[str, Any]:
    """Return the functions behind `trans` and `_`, as Jinja's, but with what has no variables made once."""

    @cache
    def plain(message: str) -> Markup:
        return Markup(catalogue.gettext(message) % {})

    def fill(message: str, variables: dict[str, Any]) -> Markup:
        return Markup(message % {name: escape(isolated(value)) for name, value in variables.items()})

    def gettext(message: str, /, **variables: Any) -> Markup:
        return fill(catalogue.gettext(message), variables) if variables else plain(message)

    def ngettext(singular: str, plural: str, num: int, /, **variables: Any) -> Markup:
        return fill(catalogue.ngettext(singular, plural, num), {"num": num, **variables})

    return {"gettext": gettext, "_": gettext, "ngettext": ngettext}


@cache
def environment(language: str = ENGLISH) -> Environment:
    """Return the environment of all templates in one language."""
    templates = _Templates(
        loader=ChoiceLoader([PackageLoader(room) for room in ROOMS]),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a page is made of a dozen files, and each would be looked at for every page
    )
    templates.policies["ext.i18n.trimmed"] = True
    catalogue = catalogue_of(language)
    templates.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    translators = _translators(catalogue)
    templates.globals |= translators
    templates.folding = Folding(translators["gettext"])
    spoken = {"INSERT": catalogue.gettext(sentence("inserted")), "DELETE": catalogue.gettext(sentence("deleted"))}
    labels = labels_of(language)
    direction = locale_of(language).text_direction
    templates.globals |= {"language": language, "direction": direction, "new_key": new_secret, "file": _address_of}
    templates.filters |= FILTERS | {
        "isolated": isolated,
        "offer": lambda acts, name: next((each for each in acts if each["act"] == name), None),
        "allows": lambda acts, name: any(each["act"] == name and each["isAllowed"] for each in acts),
        "redline": lambda runs: mark_up(runs, spoken),
        "reason": pass_context(lambda context, offer: say_why(offer, context.get("times"))),
        "faults": pass_context(lambda context, refusal: " ".join(say_faults(refusal, context.get("times")))),
        "label": lambda value, enumeration: labels[enumeration].get(value, value),
        "labelled": lambda values, enumeration: [(each, labels[enumeration].get(each, each)) for each in values],
    }
    return templates


def page(
    template: str, *, language: str = "", status: int = 200, sends_to: Iterable[str] = (), **values: Any
) -> HTMLResponse:
    """Return a page made from a template, in the language in which the request is answered unless another is given.

    `sends_to` are further origins to which a form may lead in the end, because browsers hold the redirect that answers
    a form to `form-action` too. The page is not cached: it is meant for one person.
    """
    language = language or spoken()
    # 'self' is put in afterwards: before Python 3.12 an f-string takes no double quotes inside its braces
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"base-uri 'none'; frame-ancestors 'none'; form-action {' '.join(('self_', *sends_to))}"
    ).replace("self_", "'self'")
    headers = {
        "content-language": language,
        "content-security-policy": policy,
        "cache-control": "no-store",
        "referrer-policy": "same-origin",
        "vary": "Cookie, Accept-Language",
    }
    markup = settle(environment(language).get_template(template).render(values))
    return HTMLResponse(markup, status_code=status, headers=headers)


def file_route() -> Route:
    """Return the route of the files that pages load."""
    return Route("/pages/{name}", _serve_file, methods=["GET"], middleware=COMPRESSED)


@cache
def _read(name: str) -> bytes:
    """Return a file as it is sent: style sheets without what only their readers need."""
    if name in PARTS:
        sections = re.split(r"^/\* ", _source_of(SHEET).decode(), flags=re.MULTILINE)
        return _press("".join(f"/* {section}" for section in sections if section.startswith(PARTS[name])))
    return _press(_source_of(name).decode()) if name.endswith(".css") else _source_of(name)


def _source_of(name: str) -> bytes:
    return files("server.web.look").joinpath("files", name).read_bytes()


def _press(style: str) -> bytes:
    """Return a style sheet without comments, and without spaces beside braces, semicolons and commas."""
    plain = re.sub(r"/\*.*?\*/|\s+", " ", style, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", plain).strip().encode()


@cache
def _address_of(name: str) -> str:
    """Return the address of a file, which changes with the file: so a browser keeps it for ever."""
    return f"/pages/{name}?{sha256(_read(name)).hexdigest()[:12]}"


async def _serve_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return Response(status_code=404)
    return Response(_read(name), media_type=FILES[name], headers=_FOREVER)
