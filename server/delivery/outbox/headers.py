"""Write the headers of letters, so that every mail program reads them.

The `email` package makes encoded words of whatever is longer than a line, and reads what looks like one. RFC 2047,
section 5, forbids them in addresses and identifiers, and no program reads the address in such a List-Unsubscribe. So
people's words alone are encoded here, whole, and everything else is written as it is.
"""

from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import EmailPolicy, Policy
from email.utils import formataddr, parseaddr
from typing import Any

LINE = 76
"""Longest line of a header that holds an encoded word, in characters (RFC 2047, section 2)."""


class _LineHeader(BaseHeader):
    """A header in ASCII that stands on one line."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Take the value as it is."""
        kwds["parse_tree"], kwds["decoded"] = None, value

    def fold(self, *, policy: Policy) -> str:
        """Return the line of the header."""
        return f"{self.name}: {self}{policy.linesep}"


class _WordsHeader(_LineHeader):
    """A header that holds words of people."""

    def fold(self, *, policy: Policy) -> str:
        """Return the lines of the header, with encoded words where ASCII does not do."""
        return f"{self.name}: {encode_words(str(self), self.name, policy.linesep)}{policy.linesep}"


class _SenderHeader(_LineHeader):
    """A header that holds the address of a sender, with a name before it or not."""

    def fold(self, *, policy: Policy) -> str:
        """Return the lines of the header: the name may be encoded, the address never."""
        name, address = parseaddr(str(self))
        if name.isascii() and "=?" not in name:
            return f"{self.name}: {formataddr((name, address))}{policy.linesep}"
        words = encode_words(name, self.name, policy.linesep)
        return f"{self.name}: {words}{policy.linesep} <{address}>{policy.linesep}"


def encode_words(words: str, name: str, linesep: str) -> str:
    """Return words as the value of the header `name`. What looks like an encoded word is encoded, so that it stays."""
    if words.isascii() and "=?" not in words:
        return words
    return Header(words, "utf-8", maxlinelen=LINE, header_name=name).encode(linesep=linesep)


def _build_registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    registry.map_to_type("subject", _WordsHeader)
    registry.map_to_type("from", _SenderHeader)
    for name in ("to", "message-id", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post"):
        registry.map_to_type(name, _LineHeader)
    return registry


LETTER_POLICY = EmailPolicy(header_factory=_build_registry(), cte_type="7bit")
"""How letters are written. In 7 bits: not every mail server on the way takes 8 (RFC 6152)."""
