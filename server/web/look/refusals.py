"""What the server refuses, in the language of the reader and with instants in their zone.

The server says it in English, with codes; the published labels of these codes say it in every language.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from server.kernel.issues import DAYS
from server.web.look.languages import ENGLISH, labels_of, locale_of, spoken
from server.web.look.times import Times


def say_refusal(code: str, message: str) -> str:
    """Return the reason of a refusal that has no code of its own, or why an act is not possible now."""
    if spoken() == ENGLISH:
        return message
    label = labels_of(spoken())["RefusalCode"].get(code)
    return f"{label}." if label else message


def say_why(refusal: Mapping[str, Any], times: Times | None) -> str:
    """Return why an act is not possible, from a `Refusal` or an `AvailableAct`, as it is said to a reader.

    `times` are those of the reader; None where only the zone of an announcement is known to the page.
    """
    message = refusal["message"] if "message" in refusal else refusal["reason"]
    template = labels_of(spoken())["ReasonCode"].get(refusal.get("reasonCode") or "")
    if template is None or times is None:
        return say_refusal(refusal.get("code") or "", message)
    words = dict(refusal["parameters"])
    if "instant" in words:
        words["instant"] = times.announced(words["instant"], words.get("zone") or times.zone)
    if "day" in words:
        words["day"] = times.day(words["day"])
    return f"{template.format_map(words)}."


def say_issue(code: str, message: str, parameters: Mapping[str, Any]) -> str:
    """Return what is wrong with a field."""
    template = labels_of(spoken())["IssueCode"].get(code)
    if spoken() == ENGLISH or template is None:
        return message
    try:
        return template.format_map({name: _spell(name, value) for name, value in parameters.items()})
    except (KeyError, IndexError):  # the place in a table comes with some faults of a code and not with others
        return message


def say_faults(refusal: Mapping[str, Any], times: Times | None) -> list[str]:
    """Return all that is wrong with what was sent, or else why the act is not possible."""
    issues = refusal.get("issues") or ()
    words = [say_issue(each.get("code", ""), each["message"], each.get("parameters") or {}) for each in issues]
    return words or [say_why(refusal, times)]


def _spell(name: str, value: Any) -> Any:
    if name in DAYS:
        return format_date(date.fromisoformat(value), "long", locale=locale_of(spoken()))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
