"""Who is asking and when, as SQL parameters.

A visibility predicate is written once with these and is the same expression for every caller, so that statements are
compiled once. `Actor.parameters(now)` gives their values at execution.
"""

from sqlalchemy import Boolean, String, bindparam

from server.instants import Instant

actor_person = bindparam("actor_person", type_=String)
actor_party = bindparam("actor_party", type_=String)
actor_capacity = bindparam("actor_capacity", type_=String)
signed_in = bindparam("actor_signed_in", type_=Boolean)
is_secretariat = bindparam("actor_secretariat", type_=Boolean)
is_administrator = bindparam("actor_administrator", type_=Boolean)
"""Whether the caller is a technical administrator, who sees no content."""
led_bodies = bindparam("actor_leads", type_=String, expanding=True)
"""Ids of the bodies that the caller leads; use it as `column.in_(led_bodies)`."""
is_leading = bindparam("actor_leading", type_=Boolean)
"""Whether the caller leads any body."""
present = bindparam("actor_now", type_=Instant)
"""The instant at which the question is asked."""
parents = bindparam("parents", type_=String, expanding=True)
"""Ids of the parents that a batch is asked for."""
