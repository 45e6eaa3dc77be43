"""The languages of pages: which one a reader gets, the catalogue of its words, and sentences said in it."""

import json
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import HTTPConnection

from server.vocabulary.parties import LANGUAGE_TAGS, Language

CONTRACTS = Path(__file__).parents[3] / "frontend-contracts"
ENGLISH = Language.ENGLISH.tag
TAGS = tuple(LANGUAGE_TAGS.values())
"""The languages of pages, as tags (BCP 47)."""
_SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def speak(language: str) -> None:
    """Set the language in which this request is answered, as a tag: that of the person, once they are known."""
    _SPOKEN.set(language)


def speak_as_asked(connection: HTTPConnection) -> None:
    """Set the language in which this request is answered to the one that its browser asks for."""
    speak(preferred(connection.headers.get("accept-language", "")))


def spoken() -> str:
    """Return the tag of the language in which this request is answered."""
    return _SPOKEN.get()


def sentence(words: str) -> str:
    """Mark an English sentence for the catalogue, which is said later by `say`."""
    return words


def say(words: str, **values: object) -> str:
    """Return an English sentence in the language of this request, with values in place of names in braces."""
    translated = catalogue_of(spoken()).gettext(words)
    return translated.format(**values) if values else translated


def say_count(one: str, many: str, count: int) -> str:
    """Return the sentence for a number of things in the language of this request; `{count}` is the number."""
    return catalogue_of(spoken()).ngettext(one, many, count).format(count=count)


def preferred(accept_language: str) -> str:
    """Return the tag of the language that a browser asks for in its header, English if it asks for none of ours."""
    wanted = [part.partition(";")[0].strip() for part in accept_language.split(",")]
    return negotiate_locale(wanted, TAGS, sep="-") or ENGLISH


@cache
def locale_of(language: str) -> Locale:
    """Return the locale of a language. English is British: days stand before months."""
    return Locale.parse("en_GB" if language == ENGLISH else language)


def name_of(tag: str, language: str) -> str:
    """Return the name of the language with a tag, in the language of a reader: "English"; the tag if it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale_of(language)) or tag
    except (ValueError, UnknownLocaleError):
        return tag


@cache
def catalogue_of(language: str) -> NullTranslations:
    """Return the catalogue of a language, made from its PO file. English is the language of the templates."""
    if language == ENGLISH:
        return NullTranslations()
    with files("server.web.look").joinpath("locale", f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def labels_of(language: str) -> dict[str, dict[str, str]]:
    """Return the published labels of a language: by enumeration and value, of acts under `acts`."""
    labels: dict[str, dict[str, str]] = json.loads((CONTRACTS / f"labels.{language}.json").read_text())
    return labels
