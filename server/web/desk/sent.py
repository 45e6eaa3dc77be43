"""A form as it was sent: its act, the input that it gives, and what was wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from server.kernel.issue_codes import IssueCode
from server.web.look.refusals import say_issue, say_why
from server.web.look.times import Times
from server.web.pages.forms import Fault

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""The fields of a form, (name, value) each, in their order."""
ACT, FORM, ONWARD, PREVIEW, STANDING = "_act", "_form", "_to", "_preview", "_standing"
"""Fields that are not of the input: the mutation, the name of the form on its page, and where to go afterwards. The
fourth is the name of a button that asks what would come out: then nothing is sent, and the page shows it. The last is
the standing of the person for whom the page was made, "" for none.

Every other field whose name begins with an underscore is kept for the page and not sent."""

WHICH = "_which."
"""Begins the name of a field that says which of two instants a local time is, by its offset from UTC."""


def first_of(pairs: Pairs, name: str, otherwise: str = "") -> str:
    """Return the first value of a field of a form, `otherwise` if it has none."""
    return next((value for key, value in pairs if key == name), otherwise)


@dataclass(frozen=True)
class Sent:
    """A form that is shown again: what was written in it, and why it was refused, None if it was only tried."""

    act: str
    form: str
    pairs: Pairs
    refusal: Mapping[str, Any] | None = None
    times: Times | None = None

    def get(self, name: str, otherwise: str = "") -> str:
        """Return what was written in a field, of a repeated one the last value."""
        return next((value for key, value in reversed(self.pairs) if key == name), otherwise)

    def all(self, name: str) -> list[str]:
        """Return every value of a repeated field."""
        return [value for key, value in self.pairs if key == name]

    @property
    def faults(self) -> list[Fault]:
        """What is wrong, field by field; one fault of the whole, its field "", where no field is to blame."""
        if not self.refusal:
            return []
        issues = self.refusal.get("issues") or ()
        listed = [Fault(".".join(map(str, issue["path"])), _words_of(issue)) for issue in issues]
        return listed or [Fault("", say_why(self.refusal, self.times))]

    def offsets(self, name: str) -> Sequence[str]:
        """Return the offsets from UTC between which a local time in a field has to be chosen; none if it is clear."""
        issues = (self.refusal or {}).get("issues") or ()
        twice = (each for each in issues if each.get("code") == IssueCode.TIME_TWICE and each["path"] == [name])
        return next((each["parameters"]["offsets"] for each in twice), ())

    @property
    def is_stale(self) -> bool:
        """Whether somebody else was faster."""
        return self.refusal is not None and self.refusal["kind"] == "STALE"

    @property
    def is_late(self) -> bool:
        """Whether the calendar does not allow the act now."""
        return self.refusal is not None and self.refusal["kind"] == "NOT_NOW"


def _words_of(issue: Mapping[str, Any]) -> str:
    return say_issue(issue.get("code", ""), issue["message"], issue.get("parameters") or {})
