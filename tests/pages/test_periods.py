"""Periods that the server prints are said in the language of the reader; what a paper prints stays as it is."""

from contextvars import copy_context
from datetime import date

import pytest

from server.domain.workplan.due import CALLED_OFF, print_days
from server.web.look.languages import catalogue_of, speak
from server.web.look.periods import say_period


def said(label: str | None, language: str) -> str | None:
    """Return a period as a reader of a language reads it."""

    def say() -> str | None:
        speak(language)
        return say_period(label)

    return copy_context().run(say)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2018, 10, 1), date(2018, 10, 1), "1 octobre 2018"),
        (date(2019, 4, 22), date(2019, 4, 26), "22\u201326 avril 2019"),
        (date(2019, 4, 29), date(2019, 5, 3), "29 avril \u2013 3 mai 2019"),
        (date(2018, 12, 31), date(2019, 1, 4), "31 décembre 2018 \u2013 4 janvier 2019"),
    ],
)
def test_days_that_the_server_printed_are_said_in_french(first: date, last: date, words: str) -> None:
    assert said(print_days(first, last), "fr") == words
    assert said(print_days(first, last), "en") == print_days(first, last)


def test_a_milestone_without_a_day_says_so_in_french() -> None:
    assert said(CALLED_OFF, "fr") == "à reprogrammer : annulé"
    assert said(CALLED_OFF, "en") == CALLED_OFF


@pytest.mark.parametrize(
    "label", [None, "", "March/April 2019", "TBD", "31 June 2019", "1 to 31 February 2019", "1 Thermidor 2019"]
)
def test_what_a_paper_prints_stays_as_it_is_printed(label: str | None) -> None:
    assert said(label, "fr") == label


def test_french_pages_have_one_word_for_a_topic_a_promise_and_a_letter() -> None:
    """A topic is no item of an agenda, a promise no pledge between friends, and an e-mail no letter on paper."""
    words = catalogue_of("fr").gettext
    assert words("Topic") == "Thème"
    assert words("Promise kept") == "Engagement tenu"
    assert words("Letters") == "Courriels"
