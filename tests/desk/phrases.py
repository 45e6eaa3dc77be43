"""The words of a page as sentences: without the spaces that markup leaves before commas and in brackets."""

import re

from httpx2 import Response

from tests.desk.desks import Desk
from tests.pages.browser import words_of


def phrases_of(response: Response) -> str:
    """Return the words of a page, punctuation close to the word before it."""
    return re.sub(r"\( ", "(", re.sub(r" ([,.;:)])", r"\1", words_of(response)))


async def read(visitor: Desk, path: str) -> str:
    """Return the words of a page that must be there."""
    response = await visitor.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return phrases_of(response)
