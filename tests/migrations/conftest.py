"""Databases with nothing in them, of both kinds."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.factories.postgresql import create_database

NUMBERS = itertools.count(1)
"""Tells the databases of one run apart."""


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the URL of a database with nothing in it, each time anew."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/folder/fresh-{next(NUMBERS)}.db"
    server: str = request.getfixturevalue("postgresql_server")
    return lambda: create_database(server, f"{make_url(server).database}_fresh_{next(NUMBERS)}")
