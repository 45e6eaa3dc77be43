"""Write letters about notices: one for all that is new, grouped by object, as text and as HTML. Pure."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from server.domain.notices.rules.words import Due, Sentence, count_notices, count_others, say_due
from server.vocabulary.parties import Language

MOST = 40
"""The most notices that one letter tells; the others are counted and wait in the inbox."""
TITLE_LIMIT = 200
"""The longest title in a letter, in characters."""


class Item(NamedTuple):
    """One notice as a letter tells it. `link` is the address of the page where something can be done."""

    object_id: str
    title: str
    words: Sentence
    due: Due
    link: str


class LetterReader(NamedTuple):
    """Who reads a letter: name, language, zone and the address that ends such letters."""

    name: str
    language: Language
    zone: str
    unsubscribe: str


class NoticeLetter(NamedTuple):
    """A letter with its two forms."""

    subject: str
    text: str
    html: str


class _Words(NamedTuple):
    """The words around the notices."""

    hello: str
    inbox: str
    habits: str
    stop: str
    about: str


_ENGLISH = _Words(
    "Dear {name},", "Your inbox", "How often you get these letters", "No more of these letters", "{count}: {titles}"
)
_FRENCH = _Words(
    "Bonjour {name},", "Votre boîte", "Fréquence de ces lettres", "Ne plus recevoir ces lettres", "{count} : {titles}"
)


def write_letter_of(items: Sequence[Item], reader: LetterReader, issuer: str) -> NoticeLetter:
    """Return the letter that tells notices, of which there is at least one, in the order of their objects."""
    words = _FRENCH if reader.language == Language.FRENCH else _ENGLISH
    first, others = items[:MOST], len(items) - MOST
    groups = [
        (title, list(rows)) for (_, title), rows in groupby(first, lambda item: (item.object_id, _cut(item.title)))
    ]
    footer = ((words.inbox, f"{issuer}/notices"), (words.habits, f"{issuer}/profile"), (words.stop, reader.unsubscribe))
    hello = words.hello.replace("{name}", _cut(reader.name))
    rest = count_others(others, reader.language) if others > 0 else ""
    lines = [hello, "", *_text_of(groups, reader), *([rest, ""] if rest else [])]
    lines += ["-- ", *(f"{label}: {link}" if words is _ENGLISH else f"{label} : {link}" for label, link in footer)]
    html = _html_of(hello, groups, rest, footer, reader)
    return NoticeLetter(_subject_of(items, groups, words, reader.language), "\n".join(lines) + "\n", html)


def _subject_of(
    items: Sequence[Item], groups: Sequence[tuple[str, list[Item]]], words: _Words, language: Language
) -> str:
    """Return what a letter is about: its one notice, or how many there are on what."""
    if len(items) == 1:
        return _cut(items[0].words.say(_cut(items[0].title), language))
    titles = ", ".join(title for title, _ in groups)
    return _cut(words.about.replace("{count}", count_notices(len(items), language)).replace("{titles}", titles))


def _lines_of(item: Item, reader: LetterReader) -> str:
    """Return the sentence of a notice with its instant, in the language and the zone of the reader."""
    sentence = item.words.say(_cut(item.title), reader.language)
    return f"{sentence} {say_due(item.due, reader.zone, reader.language)}".strip()


def _text_of(groups: Sequence[tuple[str, list[Item]]], reader: LetterReader) -> Iterator[str]:
    for title, items in groups:
        if len(groups) > 1:
            yield from (title, "-" * min(len(title), 60))
        for item in items:
            yield from (_lines_of(item, reader), item.link, "")


def _html_of(
    hello: str,
    groups: Sequence[tuple[str, list[Item]]],
    rest: str,
    footer: Sequence[tuple[str, str]],
    reader: LetterReader,
) -> str:
    """Return the letter as HTML. Everything that people wrote is escaped; there is no script, style or picture."""
    parts = [f"<p>{escape(hello)}</p>"]
    for title, items in groups:
        if len(groups) > 1:
            parts.append(f'<h2 dir="auto">{escape(title)}</h2>')
        rows = (
            f'<li dir="auto"><a href="{escape(item.link)}">{escape(_lines_of(item, reader))}</a></li>' for item in items
        )
        parts.append(f"<ul>{''.join(rows)}</ul>")
    parts += [f"<p>{escape(rest)}</p>"] if rest else []
    links = "<br>".join(f'<a href="{escape(link)}">{escape(label)}</a>' for label, link in footer)
    head = '<head><meta charset="utf-8"><title>Intersession</title></head>'
    body = f"<body>{''.join(parts)}<hr><p>{links}</p></body>"
    return f'<!doctype html><html lang="{reader.language.tag}">{head}{body}</html>\n'


def _cut(words: str) -> str:
    """Return words on one line, cut where they are too long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in words).split())
    return line if len(line) <= TITLE_LIMIT else f"{line[: TITLE_LIMIT - 1]}…"
