"""How planning a renumbering grows with the text: `python -m tests.bench.renumbering`."""

from time import perf_counter

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.consolidation.rules.merging import consolidated
from server.domain.consolidation.rules.renumbering import plan_renumbering
from server.domain.texts.rules.provisions import NumberedProvision, locate_references
from server.vocabulary.proposals import AmendmentKind
from server.vocabulary.texts import UnitKind


def make_text(count: int) -> list[NumberedProvision]:
    """Return a text of `count` provisions: standards of nine paragraphs, each with a reference to the next standard."""
    provisions = []
    for number in range(1, count // 10 + 1):
        heading = f"s{number}"
        provisions.append(NumberedProvision(heading, UnitKind.STANDARD, 1, f"Standard {number}", "Data", None))
        words = f"As paragraph 2 of Standard {number + 1} says."
        provisions += [
            NumberedProvision(f"{heading}.{place}", UnitKind.PARAGRAPH, 0, f"{place}.", words, heading)
            for place in range(1, 10)
        ]
    return provisions


def measure(count: int) -> tuple[float, float, float]:
    """Return the seconds to find the references of a text, to plan its renumbering, and to number additions."""
    base = make_text(count)
    begin = perf_counter()
    known = locate_references(base)
    found = perf_counter()
    plan = plan_renumbering(
        base, [each for each in base if not each.key.startswith("s1.") and each.key != "s1"], known, {}
    )
    planned = perf_counter()
    assert len(plan.references) >= (count // 10 - 2) * 9
    added = [
        Accepted(f"a{each.key}", "", "", AmendmentKind.ADD, f"a{each.key}", wording="New.", after=each.key)
        for each in base
        if each.parent
    ]
    middle = perf_counter()
    consolidated([BaseText(*each) for each in base], added)
    return found - begin, planned - found, perf_counter() - middle


if __name__ == "__main__":
    for size in (2_000, 4_000, 8_000):
        references, plan, additions = measure(size)
        print(f"{size:>6} provisions: references {references:.2f} s, plan {plan:.2f} s, additions {additions:.2f} s")
