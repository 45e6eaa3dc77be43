"""Every page of the desk is visited by the tests in a browser."""

from pathlib import PurePath

from starlette.routing import compile_path

from server.web.desk.published.pages import PUBLIC_PAGES
from server.web.desk.routes import PAGES
from tests.desk.visiting import ROWS


def test_every_page_of_the_desk_has_a_row() -> None:
    pages = [page.path for page in PAGES if not PurePath(page.path).suffix]  # a file is kept, not looked at
    patterns = {path: compile_path(path)[0] for path in (*pages, *PUBLIC_PAGES)}
    visited = {
        next((path for path, pattern in patterns.items() if pattern.match(row.path.split("?")[0])), row.path)
        for row in ROWS
    }

    assert [path for path in patterns if path not in visited] == []
