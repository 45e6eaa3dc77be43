"""What an entry of the journal says of its act, beside the digest of the rows that it wrote."""

from typing import Any

from server.journal.actions import ROWS


def said(details: dict[str, Any]) -> dict[str, Any]:
    """Return the details of an entry without the digest of its rows, which every entry must hold."""
    assert len(details[ROWS]) == 64
    return {name: value for name, value in details.items() if name != ROWS}
