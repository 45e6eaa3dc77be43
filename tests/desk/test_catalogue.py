"""The catalogues of pages: complete, without leftovers, and with the same values and marks in both languages."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from server.tools.catalogues import path_of, read_catalogue, render_catalogue, untranslated
from server.web.look.languages import ENGLISH, TAGS, say, say_count, speak
from server.web.look.rendering import environment

LANGUAGES = [language for language in TAGS if language != ENGLISH]
ROOT = Path(__file__).parents[2]
VALUES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
MARKS = re.compile(r"<[^>]+>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_as_the_command_writes_it(language: str) -> None:
    assert path_of(language).read_text() == render_catalogue(language), "run: python -m server.tools.catalogues"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_in_doubt(language: str) -> None:
    catalogue = read_catalogue(language)

    assert len(list(catalogue)) > 200
    assert (untranslated(catalogue), [message.id for message in catalogue if message.id and message.fuzzy]) == ([], [])
    assert catalogue.obsolete == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_and_marks_are_those_of_the_original(language: str) -> None:
    def parts(words: str) -> tuple[set[str], Counter[str]]:
        return {"".join(names) for names in VALUES.findall(words)}, Counter(MARKS.findall(words))

    def differ(message: Message) -> bool:
        originals, translations = [*_forms(message.id)], [*_forms(message.string)]
        # the singular of a sentence may name what the plural counts
        return any(parts(form) not in map(parts, originals) for form in translations)

    assert [message.id for message in read_catalogue(language) if message.id and differ(message)] == []


def test_sentences_of_python_are_said_in_the_language_of_the_request() -> None:
    speak("fr")

    assert say("Use at most {count} characters.", count=9) == "Utilisez au plus 9 caractères."
    counted = "Too many attempts failed. Try again in {count} minutes; nothing you enter before then is looked at."
    one = counted.replace("{count} minutes", "a minute")
    said = [say_count(one, counted, count) for count in (1, 2)]
    assert ["dans 1 minute\u00a0;" in said[0], "dans 2 minutes\u00a0;" in said[1]] == [True, True]
    speak(ENGLISH)
    assert say("Use at most {count} characters.", count=9) == "Use at most 9 characters."


def test_a_value_with_markup_is_escaped_in_a_translated_sentence() -> None:
    template = environment("fr").from_string("{% trans label=label %}Passkey: {{ label }}{% endtrans %}")

    assert template.render(label="<b>") == "Clé d’accès\u00a0: &lt;b&gt;"


def test_number_of_a_plural_comes_first() -> None:
    """Jinja takes the first value of a sentence for the number, of which English alone makes no fuss."""
    sentence = re.compile(r"{%-?\s*trans\s+(\w+)[^%]*%}(?:(?!endtrans).)*{%-?\s*pluralize\s*-?%}", re.DOTALL)
    templates = {path: path.read_text() for path in (ROOT / "server/web").rglob("*.html")}

    first = [(path.name, name) for path, text in templates.items() for name in sentence.findall(text)]

    assert len(first) > 50
    assert [each for each in first if each[1] not in ("count", "num")] == []


def _forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)
