"""Reading parties, persons and delegates, each under the visibility predicate of its noun."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from server.access.predicates import actor_person, is_secretariat, signed_in


def visible_parties(party: Any) -> ColumnElement[bool]:
    """Every delegate sees every party."""
    return signed_in


def visible_delegates(delegate: Any) -> ColumnElement[bool]:
    """Every delegate sees who is accredited for whom."""
    return signed_in


def visible_persons(person: Any) -> ColumnElement[bool]:
    """Names of persons are shown through their accreditation; the person's own row, with the e-mail address, is for the
    person and the Secretariat."""
    return and_(signed_in, or_(is_secretariat, person.id == actor_person))
