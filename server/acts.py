"""Legality and authority as data: who may do an act, and when.

An `Act` joins a `Condition` (who: policy) with rules (when: lifecycle and calendar). Both are pure: facts and `now`
come in as arguments. The same table refuses an act, answers `availableActs` and prints the permission matrix, so the
three cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from server.access.actor import Actor
from server.refusals import Refusal, RefusalCode, RefusalKind, graphql_name

F = TypeVar("F")


class Obstacle(NamedTuple):
    """Why an act is not possible now, in words, with the rule it comes from and the instant it unlocks, if known."""

    code: RefusalCode
    message: str
    rule: str = ""
    unlocks_at: datetime | None = None


Rule: TypeAlias = Callable[[Any, datetime], Obstacle | None]
"""`rule(facts, now)` gives the obstacle, or None when nothing stands in the way."""


@dataclass(frozen=True, slots=True)
class Condition(Generic[F]):
    """A reason in words and a predicate over (actor, facts). Combine with `&` and `|`; there is no negation,
    because negative permissions become unreadable."""

    words: str
    holds: Callable[[Actor, F], bool]

    def __and__(self, other: "Condition[F]") -> "Condition[F]":
        return Condition(f"{self.words} who is {other.words}", lambda a, f: self.holds(a, f) and other.holds(a, f))

    def __or__(self, other: "Condition[F]") -> "Condition[F]":
        return Condition(f"{self.words}; or {other.words}", lambda a, f: self.holds(a, f) or other.holds(a, f))


class Verdict(NamedTuple):
    """The answer to "may I, and if not, why not and from when?" for one act on one object."""

    act: str
    allowed: bool
    code: RefusalCode | None
    reason: str | None
    rule: str | None
    unlocks_at: datetime | None
    who_can: str

    @property
    def mutation(self) -> str:
        """The act's name in GraphQL: submit_comment is submitComment there."""
        return graphql_name(self.act)


@dataclass(frozen=True, slots=True)
class Act(Generic[F]):
    """One thing a person can do.

    `name` is the same in every layer, `tag` is what the journal keeps, `source` the paper or note the rule comes from.
    """

    name: str
    tag: str
    who: Condition[F]
    when: tuple[Rule, ...] = ()
    source: str = ""
    _fixed: tuple[Verdict, Verdict, Verdict] = field(init=False, repr=False, compare=False)
    """The verdicts that no facts change: nobody signed in, forbidden, allowed. A list of acts on fifty objects is three
    hundred verdicts, and most are one of these."""

    def __post_init__(self) -> None:
        name, source, who = self.name, self.source, self.who.words
        unauthenticated = Verdict(name, False, RefusalCode.UNAUTHENTICATED, "Sign in first.", source, None, who)
        forbidden = Verdict(name, False, RefusalCode.FORBIDDEN, f"This is for {who}.", source, None, who)
        allowed = Verdict(name, True, None, None, None, None, who)
        object.__setattr__(self, "_fixed", (unauthenticated, forbidden, allowed))

    def verdict(self, actor: Actor, facts: F, now: datetime) -> Verdict:
        """Permitted, then possible: someone without the right never learns the state of things from the answer."""
        unauthenticated, forbidden, allowed = self._fixed
        if not actor.is_signed_in:
            return unauthenticated
        if not self.who.holds(actor, facts):
            return forbidden
        for rule in self.when:
            if obstacle := rule(facts, now):
                code, message, words, unlocks_at = obstacle
                return Verdict(self.name, False, code, message, words or self.source, unlocks_at, self.who.words)
        return allowed

    def ensure(self, actor: Actor, facts: F, now: datetime) -> None:
        """Refuse unless the act is permitted and possible."""
        verdict = self.verdict(actor, facts, now)
        if verdict.allowed or verdict.code is None:
            return
        forbidden = verdict.code in (RefusalCode.FORBIDDEN, RefusalCode.UNAUTHENTICATED)
        raise Refusal(
            RefusalKind.FORBIDDEN if forbidden else RefusalKind.NOT_NOW,
            verdict.code,
            verdict.reason or "",
            rule=verdict.rule or "",
            unlocks_at=verdict.unlocks_at,
        )


def verdicts(acts: tuple[Act[F], ...], actor: Actor, facts: F, now: datetime) -> list[Verdict]:
    """One verdict for every act, in the order of the table."""
    return [act.verdict(actor, facts, now) for act in acts]
