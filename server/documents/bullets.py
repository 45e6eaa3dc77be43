"""Recognise the bullets of lists, and tell a bullet from a dash inside a sentence."""

import re

from server.documents.cutting import ends_clause

BULLET = re.compile(r"([-*+])(?:[ \t]+|$)|([•◦▪●‣∙○■□➢✓\uf0b7\uf0a7])\s*|([\u2013\u2014·])(?:\s+|$)")
_FIRMLY = "-*+"  # bullets that begin an item wherever they begin a line


def sign_of(bullet: re.Match[str]) -> str:
    """Return the sign of a bullet."""
    return bullet[1] or bullet[2] or bullet[3]


def cuts_bullet(bullet: re.Match[str], before: str, listed: str | None, following: str) -> bool:
    """Return whether a bullet begins an item after a line, or is a dash of the sentence that goes on from it.

    `listed` is the sign of the open item, "" if it has a number, None if a paragraph is open.
    """
    sign = sign_of(bullet)
    if sign in _FIRMLY:
        return bullet.end() < len(bullet.string) or bool(listed)
    if bullet[2]:
        return True
    is_listed = listed is not None and following.lstrip().startswith(sign)
    return listed == sign or is_listed or ends_clause(before)
