"""Bring the catalogues of pages up to date: `python -m server.tools.catalogues`.

Every sentence of templates and of Python code in `server/web` is looked for; what is new is added without words, what
is gone is removed. The files are sorted and name no line, so that two branches merge easily.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from server.identity.oauth.scopes import MEANINGS
from server.identity.passwords import FAULTS
from server.vocabulary.parties import LANGUAGE_TAGS, Language

WEB = Path(__file__).parents[1] / "web"
LOCALES = WEB / "look" / "locale"
WORDS_OF_PYTHON = {"say": None, "sentence": None, "say_count": (1, 2)}
WORDS_OF_TEMPLATES = {"_": None, "gettext": None, "ngettext": (1, 2)}
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"

"""
"""A header without dates, which would differ in every branch."""
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
"""How each language counts. The third form that CLDR has for French is for millions, which pages do not count."""


def sentences() -> Iterator[str | tuple[str, ...]]:
    """Yield every sentence that pages say, with its plural where it has one."""
    for path in sorted(WEB.rglob("*.html")):
        yield from _extract("jinja2.ext:babel_extract", path, WORDS_OF_TEMPLATES, {"trimmed": "true"})
    for path in sorted(WEB.rglob("*.py")):
        yield from _extract("python", path, WORDS_OF_PYTHON, {})
    # what lower rooms say to a person, which knows no page
    yield from (*MEANINGS.values(), *FAULTS.values())


def path_of(language: str) -> Path:
    """Return the path of the catalogue of a language."""
    return LOCALES / f"{language}.po"


def read_catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it is kept; an empty one if there is none yet."""
    path = path_of(language)
    return _parse(path.read_text() if path.exists() else _header(language), language)


def render_catalogue(language: str) -> str:
    """Return the catalogue of a language as it should be kept: with every sentence and no other."""
    before, after = read_catalogue(language), _parse(_header(language), language)
    for words in sentences():
        after.add(words)
    for message in after:
        known = before.get(message.id) if message.id else None
        if known and isinstance(known.string, str) != message.pluralizable:
            message.string = known.string
    written = BytesIO()
    write_po(written, after, width=120, no_location=True, omit_header=True, sort_output=True)
    return _header(language) + written.getvalue().decode().lstrip()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the sentences that a catalogue has no words for."""
    strings = {message.id: message.string for message in catalogue if message.id}
    return sorted(str(id_) for id_, string in strings.items() if not all(_forms(string)))


def main() -> None:
    """Write the catalogues, and print which sentences still need words."""
    LOCALES.mkdir(exist_ok=True)
    for language in LANGUAGE_TAGS.values():
        if language != Language.ENGLISH.tag:
            path_of(language).write_text(render_catalogue(language))
            missing = untranslated(read_catalogue(language))
            print(f"{path_of(language).name}: {len(missing)} without words", *missing, sep="\n  ")


def _header(language: str) -> str:
    return HEADER.format(language=language, plurals=PLURALS[language])


def _parse(text: str, language: str) -> Catalog:
    return read_po(BytesIO(text.encode()), locale=language)


def _extract(method: str, path: Path, keywords: Any, options: Any) -> Iterator[str | tuple[str, ...]]:
    with path.open("rb") as source:
        for _line, words, _comments, _context in extract(method, source, keywords=keywords, options=options):
            yield words


def _forms(string: str | Iterable[str] | None) -> Iterable[str]:
    return (string or "",) if string is None or isinstance(string, str) else string


if __name__ == "__main__":
    main()
