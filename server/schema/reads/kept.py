"""Keep plans with the parsed document they were compiled for; they are dropped with it, so nobody invalidates them."""

from collections.abc import Callable
from typing import Any

from server.schema.reads.selection import Selection

LARGEST_PLANS = 200
"""Plans kept for one document at most: many values of @skip and @include must not fill the memory."""


def keep_plan(
    plans: dict[Any, Any], place: tuple[Any, ...], selection: Selection, compile_plan: Callable[[], Any]
) -> Any:
    """Return the plan for a place in a document, compiled with `selection` at its first use.

    One key is the place: it holds the names of the variables in @skip and @include. The other is the place with the
    values of these variables: it holds the plan, because another value selects other fields.
    """
    conditions = plans.get(place)
    if conditions is not None:
        plan = plans.get((place, *map(selection.value_of, conditions)))
        if plan is not None:
            return plan
    if len(plans) > LARGEST_PLANS:
        plans.clear()
        conditions = None
    # A fragment that one plan leaves out can hold further variables, so that the names found so far are kept.
    plan = compile_plan()
    plans[place] = conditions = tuple(sorted(selection.conditions | set(conditions or ())))
    plans[place, *map(selection.value_of, conditions)] = plan
    return plan
