"""Legality and authority as data: who may do an act, and when.

An `Act` joins a `Condition` (who: policy) with rules (when: lifecycle and calendar). Both are pure: facts and `now`
come in as arguments. The same table refuses an act, answers `availableActs` and prints the permission matrix, so the
three cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from server.kernel.actor import Actor
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, graphql_name
from server.kernel.scopes import Scope

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
    because negative permissions become unreadable.

    `scopes` are those that an application needs for what such a person does. Of a combination, `parts` say which:
    whoever may do something as the Secretariat needs another scope for it than whoever may do it as a coordinator."""

    words: str
    holds: Callable[[Actor, F], bool]
    scopes: frozenset[Scope] = frozenset({Scope.WRITE})
    parts: Callable[[Actor, F], frozenset[Scope]] | None = None

    def scopes_for(self, actor: Actor, facts: F) -> frozenset[Scope]:
        """The scopes of which an application needs one for what this actor does; none where it does not hold."""
        if self.parts:
            return self.parts(actor, facts)
        return self.scopes if self.holds(actor, facts) else frozenset()

    def __and__(self, other: "Condition[F]") -> "Condition[F]":
        def both(actor: Actor, facts: F) -> frozenset[Scope]:
            mine, theirs = self.scopes_for(actor, facts), other.scopes_for(actor, facts)
            return ((mine | theirs) - {Scope.WRITE} or mine) if mine and theirs else frozenset()

        words = f"{self.words} who is {other.words}"
        scopes = (self.scopes | other.scopes) - {Scope.WRITE} or self.scopes
        return Condition(words, lambda a, f: self.holds(a, f) and other.holds(a, f), scopes, both)

    def __or__(self, other: "Condition[F]") -> "Condition[F]":
        def either(actor: Actor, facts: F) -> frozenset[Scope]:
            return self.scopes_for(actor, facts) | other.scopes_for(actor, facts)

        words = f"{self.words}; or {other.words}"
        holds = lambda a, f: self.holds(a, f) or other.holds(a, f)  # noqa: E731
        return Condition(words, holds, self.scopes | other.scopes, either)


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


MOST_FIRST = (Scope.WRITE, Scope.COMMENT, Scope.READ, Scope.SECRETARIAT, Scope.ADMINISTER)
"""The order in which one of several scopes is named."""
_STANDING = {
    RefusalCode.UNAUTHENTICATED: "Sign in first.",
    RefusalCode.NOT_ACCREDITED: "You are signed in, but accredited for no party today.",
    RefusalCode.PARTY_NOT_CHOSEN: "You can speak for several parties. Say for which, with the header Acting-As.",
}
"""What is said to somebody who has no standing."""
NOT_PERMITTED = frozenset({*_STANDING, RefusalCode.FORBIDDEN, RefusalCode.SCOPE_MISSING})
"""Codes that say it is not for this person, whatever the state of things."""


@dataclass(frozen=True, slots=True)
class Act(Generic[F]):
    """One thing a person can do.

    `name` is the same in every layer, `tag` is what the journal keeps, `source` the paper or note the rule comes from,
    `only` the scope that an application needs for it, where it is not the one that goes with `who`.
    """

    name: str
    tag: str
    who: Condition[F]
    when: tuple[Rule, ...] = ()
    source: str = ""
    only: Scope | None = None
    _fixed: dict[RefusalCode | None, Verdict] = field(init=False, repr=False, compare=False)
    """The verdicts that no facts change: nobody signed in, forbidden, allowed and the like. A list of acts on fifty
    objects is three hundred verdicts, and most are one of these."""

    def __post_init__(self) -> None:
        who = self.who.words
        reasons = {
            **_STANDING,
            RefusalCode.FORBIDDEN: f"This is for {who}.",
        }
        fixed: dict[RefusalCode | None, Verdict] = {
            code: Verdict(self.name, False, code, reason, self.source, None, who) for code, reason in reasons.items()
        }
        fixed[None] = Verdict(self.name, True, None, None, None, None, who)
        object.__setattr__(self, "_fixed", fixed)

    @property
    def scope(self) -> Scope:
        """The scope that an application mostly needs to do this in a person's name."""
        if self.only:
            return self.only
        return next(scope for scope in MOST_FIRST if scope in self.who.scopes)

    def scopes_for(self, actor: Actor, facts: F) -> frozenset[Scope]:
        """The scopes of which an application needs one to do this for this actor; none where the actor may not. A
        technical administrator has no part in what is not also theirs, and nobody else in what is only theirs."""
        needed = self.who.scopes_for(actor, facts)
        if actor.is_administrator:
            return needed & {Scope.ADMINISTER}
        needed -= {Scope.ADMINISTER}
        return frozenset({self.only}) if self.only and needed else needed

    def verdict(self, actor: Actor, facts: F, now: datetime) -> Verdict:
        """Permitted, then possible: someone without the right never learns the state of things from the answer."""
        if code := unaccredited(actor):
            return self._fixed[code]
        needed = self.scopes_for(actor, facts)
        if not needed:
            return self._fixed[RefusalCode.FORBIDDEN]
        if not needed & actor.scopes:
            return self._without(needed)
        for rule in self.when:
            if obstacle := rule(facts, now):
                code, message, words, unlocks_at = obstacle
                return Verdict(self.name, False, code, message, words or self.source, unlocks_at, self.who.words)
        return self._fixed[None]

    def _without(self, needed: frozenset[Scope]) -> Verdict:
        scope = next(scope for scope in MOST_FIRST if scope in needed)
        reason = f"This application was not given the scope {scope.value!r}."
        return Verdict(self.name, False, RefusalCode.SCOPE_MISSING, reason, self.source, None, self.who.words)

    def ensure(self, actor: Actor, facts: F, now: datetime) -> None:
        """Refuse unless the act is permitted and possible."""
        verdict = self.verdict(actor, facts, now)
        if verdict.allowed or verdict.code is None:
            return
        raise Refusal(
            RefusalKind.FORBIDDEN if verdict.code in NOT_PERMITTED else RefusalKind.NOT_NOW,
            verdict.code,
            verdict.reason or "",
            rule=verdict.rule or "",
            unlocks_at=verdict.unlocks_at,
        )


def ensure_accredited(actor: Actor) -> None:
    """Refuse somebody who has no standing, before anything is looked up for them."""
    if code := unaccredited(actor):
        raise Refusal(RefusalKind.FORBIDDEN, code, _STANDING[code])


def unaccredited(actor: Actor) -> RefusalCode | None:
    """Why somebody without a standing cannot act: nobody is signed in, or the person speaks for no party, or has not
    said for which of several. None for somebody who has one."""
    if actor.capacity is not None:
        return None
    if not actor.person_id:
        return RefusalCode.UNAUTHENTICATED
    return RefusalCode.PARTY_NOT_CHOSEN if actor.standings else RefusalCode.NOT_ACCREDITED


def verdicts(acts: tuple[Act[F], ...], actor: Actor, facts: F, now: datetime) -> list[Verdict]:
    """One verdict for every act, in the order of the table."""
    return [act.verdict(actor, facts, now) for act in acts]
