"""Rewrite the many ways in which people print one period into the one that is read. Pure.

Words come in small letters with single spaces, see `server.domain.workplan.periods`.
"""

import re
from collections.abc import Callable

from server.domain.workplan.period_words import MONTHS

_WEEKDAYS = (
    "monday|mon|tuesday|tues?|wednesday|wed|thursday|thurs?|friday|fri|saturday|sat|sunday|sun"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_DOUBTS = "tbc|tbd|t\\.b\\.[cd]\\.?|to be confirmed|provisional|tentative|indicative|estimated|expected"
_DOUBTS += "|à confirmer|provisoire|indicatif|indicative|estimé"
_AROUND = "around|about|approximately|approx\\.?|circa|ca\\.?|c\\.|expected|tentatively|vers|environ|autour de"
_WITHIN = "in the course of|in|during|within|at|on|courant|pendant|au cours de|en|au|à(?! partir| compter)|le"
_STARTS = r"(?:^|(?<=to )|(?<=from )|(?<=by )|(?<=until )|(?<=until the )|(?<=à )|(?<=au )|(?<=- ))"
"""Where a point begins, so that the year before it is not that of the point before."""
_SMALL = r"(?:(?:the|la|le|les)\s+|l['\u2019])?"


def _write_month(match: re.Match[str]) -> str:
    """Return a month in words, and its year."""
    return f"{MONTHS[int(match['month']) - 1][0]} {match['year']}"


def _write_slashed(match: re.Match[str]) -> str:
    """Return `2018/09` as a month; `2011/12` stays, which is two years."""
    return match[0] if int(match["month"]) == (int(match["year"]) + 1) % 100 else _write_month(match)


def _write_winter(match: re.Match[str]) -> str:
    """Return `winter 2018-2019` as one winter; `winter 2018-2020` stays, which is a range."""
    year, following = int(match["year"]), int(match["next"])
    is_one = following in (year + 1, (year + 1) % 100)
    return f"{match['winter']} {year}/{following:02}" if is_one else match[0]


_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_GOES_ON = "ongoing|on-going|continuous(?:ly)?|continuing|permanent(?:ly)?|en cours|en continu|continu"
REWRITINGS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"\s*[(\[](?:{_DOUBTS})[)\]]$|,\s*(?:{_DOUBTS})$"), ""),
    (re.compile(rf"^(?:{_AROUND})\s+"), ""),
    (re.compile(rf"^(?:{_GOES_ON})\s*,?\s+(?=\w)"), ""),
    (re.compile(rf"(?<=\w)(?:\s*[,/\u2013\u2014-]|\s+(?:and|to|et))\s*(?:{_GOES_ON})$"), " onwards"),
    (re.compile(rf"(?<=\w)\s*\((?:{_GOES_ON})\)$|(?<=\w)\s+and beyond$"), " onwards"),
    (re.compile(rf"\b(?:{_WEEKDAYS})\.?,?\s+(?=\w)"), ""),
    (re.compile(r"\b([0-9]{1,2})-([a-zà-ÿ]+)\.?-([0-9]{4})\b"), r"\1 \2 \3"),
    (re.compile(rf"{_STARTS}(?P<year>[0-9]{{4}})/{_MONTH}(?=$| to |\s*[-\u2013])"), _write_slashed),
    (re.compile(rf"(?<![\w./-]){_MONTH}[./](?P<year>[0-9]{{4}})(?![\w./])"), _write_month),
    (re.compile(r"\b(?:quarter|trimestre)\s*([1-4])\b"), r"q\1"),
    (re.compile(r"\b(?:semester|semestre)\s*([12])\b"), r"h\1"),
    (re.compile(r"\b([1-4])[qt]\b"), r"q\1"),
    (re.compile(r"\b([12])h\b"), r"h\1"),
    (
        re.compile(r"(?P<winter>winter|hiver) (?P<year>[0-9]{4})\s*[/\u2013-]\s*(?P<next>[0-9]{4}|[0-9]{2})$"),
        _write_winter,
    ),
    (re.compile(r"\b([qths][1-4])\s*[/-]\s*([0-9]{4})\b"), r"\1 \2"),
    (re.compile(rf"{_STARTS}([0-9]{{4}})\s*[/-]?\s*([qths][1-4])\b"), r"\2 \1"),
    (re.compile(rf"^(?:before|prior to|avant)\s+(?={_SMALL}(?:end|fin)\b)"), "by "),
    (re.compile(rf"^(?:{_WITHIN})\s+{_SMALL}(?=\w)"), ""),
    (re.compile(r"^à l['\u2019]"), ""),
)
"""What is rewritten, in this order: what is printed beside the period goes, numbers become months and quarters."""


def rewrite(words: str) -> str:
    """Return the words of a period in the form in which they are read."""
    for pattern, form in REWRITINGS:
        words = pattern.sub(form, words)
    return words
