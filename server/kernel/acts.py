"""Describe as data who may do an act, and when.

An `Act` joins a `Condition` (who: policy) with rules (when: lifecycle and calendar). Both are pure functions: they
receive the facts and `now` as arguments. The same table refuses an act, answers `availableActs` and prints the
permission matrix, so the three cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from server.kernel.actor import Actor
from server.kernel.reasons import FINAL, Reason, ReasonCode
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.kernel.scopes import Scope

F = TypeVar("F")


class Obstacle(NamedTuple):
    """The reason why an act is not possible now, the rule it comes from, and the instant it unlocks, if known.

    `reason` is what `message` says, as data; None for a message that has no code of its own. `is_final` says that
    nothing which can happen to the object makes the act possible again.
    """

    code: RefusalCode
    message: str
    rule: str = ""
    unlocks_at: datetime | None = None
    reason: Reason | None = None
    is_final: bool = False


def hinder(code: RefusalCode, reason: Reason, rule: str, unlocks_at: datetime | None = None) -> Obstacle:
    """Return the obstacle that says a reason in its words."""
    return Obstacle(code, reason.words, rule, unlocks_at, reason, reason.code in FINAL)


Rule: TypeAlias = Callable[[Any, datetime], Obstacle | None]
"""A function `rule(facts, now)` that returns the obstacle, or None if there is none."""
PersonalRule: TypeAlias = Callable[[Actor, Any], Obstacle | None]
"""A function `rule(actor, facts)` about what the caller, or their party, has done with the object already."""


@dataclass(frozen=True, slots=True)
class Condition(Generic[F]):
    """A predicate over (actor, facts) with a description in words. Combine conditions with `&` and `|`.

    There is no negation, because negative permissions become unreadable.

    `scopes` are the scopes that go with the condition; an application needs one of them. In a combination the scopes
    depend on the part that holds, which `parts(actor, facts)` finds out: to do an act as the Secretariat an application
    needs another scope than to do the same act as a coordinator.
    """

    words: str
    holds: Callable[[Actor, F], bool]
    scopes: frozenset[Scope] = frozenset({Scope.WRITE})
    parts: Callable[[Actor, F], frozenset[Scope]] | None = None

    def scopes_for(self, actor: Actor, facts: F) -> frozenset[Scope]:
        """Return the scopes, any one of which lets an application act for `actor`. Empty if the condition fails."""
        if self.parts:
            return self.parts(actor, facts)
        return self.scopes if self.holds(actor, facts) else frozenset()

    def __and__(self, other: "Condition[F]") -> "Condition[F]":
        def both(actor: Actor, facts: F) -> frozenset[Scope]:
            # WRITE is the default of every condition: a scope that one side names in particular takes its place.
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
    """Whether one person may do one act on one object, and if not, the reason and the instant it becomes possible."""

    act: str
    is_allowed: bool
    code: RefusalCode | None
    reason: str | None
    rule: str | None
    unlocks_at: datetime | None
    who_can: str
    tag: str
    """The tag of the act in the journal."""
    because: Reason | None = None
    """What `reason` says, as data; None if that has no code of its own."""
    is_final: bool = False
    """Whether nothing which can happen to the object makes the act possible again."""

    @property
    def reason_code(self) -> ReasonCode | None:
        """The code of the reason, None if it has none of its own."""
        return self.because and self.because.code

    @property
    def parameters(self) -> dict[str, str] | None:
        """The values that belong to the code of the reason, None without a code."""
        return self.because and self.because.parameters


MOST_FIRST = (Scope.WRITE, Scope.COMMENT, Scope.READ, Scope.SECRETARIAT, Scope.ADMINISTER)
"""The order of preference in which one of several possible scopes is named to the client."""
_STANDING = {
    RefusalCode.UNAUTHENTICATED: "Sign in first.",
    RefusalCode.NOT_ACCREDITED: "You are signed in, but accredited for no party today.",
    RefusalCode.PARTY_NOT_CHOSEN: "You can speak for several parties. Say for which, with the header Acting-As.",
}
"""The messages for a caller without a standing."""
NOT_PERMITTED = frozenset({*_STANDING, RefusalCode.FORBIDDEN, RefusalCode.SCOPE_MISSING})
"""Codes that say that this person may not do the act, whatever state the object is in."""


@dataclass(frozen=True, slots=True)
class Act(Generic[F]):
    """One thing a person can do.

    `name` is the same in every layer. `tag` is written to the journal. `source` is the paper or note that the rule
    comes from. `only` is the scope that an application needs for it, if it differs from the scope that goes with `who`.
    `personally` are rules that depend on the caller too; they are asked last.
    """

    name: str
    tag: str
    who: Condition[F]
    when: tuple[Rule, ...] = ()
    source: str = ""
    only: Scope | None = None
    personally: tuple[PersonalRule, ...] = ()
    _fixed: dict[RefusalCode | None, Verdict] = field(init=False, repr=False, compare=False)
    """The verdicts that do not depend on facts (nobody signed in, forbidden, allowed and the like), built once.

    A list of acts on fifty objects needs three hundred verdicts, and most are one of these.
    """

    def __post_init__(self) -> None:
        who, tag = self.who.words, self.tag
        reasons = {
            **_STANDING,
            RefusalCode.FORBIDDEN: f"This is for {who}.",
        }
        fixed: dict[RefusalCode | None, Verdict] = {
            code: Verdict(self.name, False, code, reason, self.source, None, who, tag)
            for code, reason in reasons.items()
        }
        fixed[None] = Verdict(self.name, True, None, None, None, None, who, tag)
        object.__setattr__(self, "_fixed", fixed)  # the dataclass is frozen

    @property
    def scope(self) -> Scope:
        """The scope that an application usually needs to do this in a person's name."""
        if self.only:
            return self.only
        return next(scope for scope in MOST_FIRST if scope in self.who.scopes)

    def scopes_for(self, actor: Actor, facts: F) -> frozenset[Scope]:
        """Return the scopes, any one of which lets an application do this for `actor`. Empty if `actor` may not do it.

        A technical administrator acts with the scope ADMINISTER only, and nobody else acts with it.
        """
        scopes = self.who.scopes_for(actor, facts)
        if actor.is_administrator:
            return scopes & {Scope.ADMINISTER}
        scopes -= {Scope.ADMINISTER}
        return frozenset({self.only}) if self.only and scopes else scopes

    def verdict(self, actor: Actor, facts: F, now: datetime) -> Verdict:
        """Return whether `actor` may do the act on these facts at `now`, with the reason if not.

        The right is checked before the state, so that the answer tells nothing about the object to a person who may not
        do the act.
        """
        if code := unaccredited(actor):
            return self._fixed[code]
        # asked first, because most verdicts of a list end here, and scopes take longer to find out
        if not self.who.holds(actor, facts):
            return self._fixed[RefusalCode.FORBIDDEN]
        scopes = self.scopes_for(actor, facts)
        if not scopes:
            return self._fixed[RefusalCode.FORBIDDEN]
        if not scopes & actor.scopes:
            return self._deny_scope(scopes)
        for rule in self.when:
            if obstacle := rule(facts, now):
                return self._deny(obstacle)
        for personal_rule in self.personally:
            if obstacle := personal_rule(actor, facts):
                return self._deny(obstacle)
        return self._fixed[None]

    def _deny(self, obstacle: Obstacle) -> Verdict:
        """Return the verdict for an act that an obstacle stands in the way of."""
        code, message, words, unlocks_at, reason, is_final = obstacle
        known = (code, message, words or self.source, unlocks_at, self.who.words, self.tag, reason)
        return Verdict(self.name, False, *known, is_final)

    def _deny_scope(self, scopes: frozenset[Scope]) -> Verdict:
        """Return the verdict for an application that would need one of `scopes` and was given none of them."""
        scope = next(scope for scope in MOST_FIRST if scope in scopes)
        reason = f"This application was not given the scope {scope.value!r}."
        return Verdict(self.name, False, RefusalCode.SCOPE_MISSING, reason, self.source, None, self.who.words, self.tag)

    def ensure(self, actor: Actor, facts: F, now: datetime) -> None:
        """Refuse unless `actor` may do the act on these facts at `now`.

        The refusal is FORBIDDEN if the person or the application lacks the right, NOT_NOW if a rule stands in the way.
        """
        verdict = self.verdict(actor, facts, now)
        if verdict.is_allowed or verdict.code is None:
            return
        raise Refusal(
            RefusalKind.FORBIDDEN if verdict.code in NOT_PERMITTED else RefusalKind.NOT_NOW,
            verdict.code,
            verdict.reason or "",
            rule=verdict.rule or "",
            unlocks_at=verdict.unlocks_at,
            reason=verdict.because,
            is_final=verdict.is_final,
        )


def ensure_accredited(actor: Actor) -> None:
    """Refuse a caller without a standing. Call it before anything is read from the database for them."""
    if code := unaccredited(actor):
        raise Refusal(RefusalKind.FORBIDDEN, code, _STANDING[code])


def unaccredited(actor: Actor) -> RefusalCode | None:
    """Return why the caller has no standing, or None if they have one.

    The codes: nobody is signed in, the person can speak for no party, or they did not choose one of several parties.
    """
    if actor.capacity is not None:
        return None
    if not actor.person_id:
        return RefusalCode.UNAUTHENTICATED
    return RefusalCode.PARTY_NOT_CHOSEN if actor.standings else RefusalCode.NOT_ACCREDITED


def verdicts(acts: tuple[Act[F], ...], actor: Actor, facts: F, now: datetime) -> list[Verdict]:
    """Return one verdict for every act, in the order of the table."""
    return [act.verdict(actor, facts, now) for act in acts]
