"""Where the words that define a term changed, and where the term is used. Pure."""

from collections.abc import Sequence

from server.domain.consolidation.rules.checking import Disagreement
from server.domain.texts.rules.provisions import DefinedTerm, NumberedProvision, define_terms, list_terms
from server.kernel.saying import say_number
from server.vocabulary.consolidation import ExceptionKind
from server.wording.tokens import tokens

_MOST_PLACES = 20  # places that an explanation names
_WORDS_QUOTED = 4  # first words that name a provision without a number


def find_redefined(base: Sequence[NumberedProvision], target: Sequence[NumberedProvision]) -> list[Disagreement]:
    """Return the terms of the base that the target defines in other words, elsewhere or no longer.

    Each is explained by the places of the target where the term is used. The time is that of reading both texts.
    """
    before = define_terms(base)
    texts = {provision.key: provision.text for provision in target}
    changed = []
    known: set[str] = set()
    for each in before:
        provision = base[each.provision]
        if each.term not in known and texts.get(provision.key) != provision.text:
            changed.append(each)
        known.add(each.term)
    if not changed:
        return []
    now = {each.term: each for each in reversed(define_terms(target))}
    place_of = {provision.key: place for place, provision in enumerate(target)}
    keys = [base[each.provision].key for each in changed]
    # A term that is no longer defined has no place of its own in the target: every use counts.
    current = [now.get(each.term, each._replace(provision=-1)) for each in changed]
    return [
        Disagreement(ExceptionKind.DEFINITION_CHANGED, term.key, "", term.term, _explain(term, target, place_of))
        for term in list_terms(target, current, keys)
    ]


def _explain(term: DefinedTerm, target: Sequence[NumberedProvision], place_of: dict[str, int]) -> str:
    """Return where a term is used, in words."""
    if not term.uses:
        return "Used nowhere else."
    places = list(dict.fromkeys(use.key for use in term.uses))
    names = ", ".join(_name(target[place_of[key]]) for key in places[:_MOST_PLACES])
    rest = len(places) - _MOST_PLACES
    more = f" and {say_number(rest, 'more provision')}" if rest > 0 else ""
    return f"Used in {say_number(len(term.uses), 'place')}: {names}{more}."


def _name(provision: NumberedProvision) -> str:
    """Return the first words of a provision, after its number if it has one."""
    words = "".join(tokens(provision.text[:200])[:_WORDS_QUOTED]).strip()
    quoted = f"“{words}”" if words == provision.text.strip() else f"“{words} …”"
    return f"{provision.printed_number} {quoted}".strip()
