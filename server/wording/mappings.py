"""Read the rows of a table that maps the provisions of one instrument to those of another."""

import re

from server.wording.instruments import instrument_around
from server.wording.labels import parse_label
from server.wording.provision_words import WORD, is_plural, kind_of_word
from server.wording.references import Reference, find_references

_CELLS = re.compile(r"(?:[^|\\]|\\[\s\S]?)*")  # a pipe after a backslash is one of the cell's words
_WORD = re.compile(rf"(?<!\w)(?i:{WORD})(?!\w)")
_BARE = re.compile(r"(?:(?<=^)|(?<=\s))(?P<core>[0-9]{1,3}(?:\.[0-9]{1,3}){0,4})(?=\s*(?::|$))")


def find_mapped(row: str, header: str = "") -> tuple[tuple[Reference, ...], ...]:
    """Return the references of each cell of a row; cells are parted by `|`, and offsets count from the row's beginning.

    The header says what a cell leaves out: under `TFA Articles`, `7.4: Risk Management` is Article 7.4 of the TFA, and
    so is `Article 7.4`. A name in the cell itself comes first.
    """
    heads = [_read_head(cell[0]) for cell in _CELLS.finditer(header) if cell[0].strip()]
    cells = [cell for cell in _CELLS.finditer(row) if cell.start() != cell.end()]
    columns = []
    for place, cell in enumerate(cells):
        kind, instrument = heads[place] if place < len(heads) else ("", "")
        columns.append(tuple(_read_cell(cell, kind, instrument)))
    return tuple(columns)


def names_columns(row: str) -> bool:
    """Return whether a row is the head of a mapping: it names provisions or an instrument and refers to none."""
    heads = (_read_head(cell[0]) for cell in _CELLS.finditer(row))
    return any(kind or instrument for kind, instrument in heads) and not find_references(row)


def _read_head(cell: str) -> tuple[str, str]:
    """Return the sort of provisions and the instrument that a head of a column names, "" for what it does not.

    If it names several sorts, each number of the column has its own word.
    """
    words = [word for word in _WORD.finditer(cell) if is_plural(word[0])]
    if not words:
        return "", ""
    kinds = {kind_of_word(word[0]) for word in words}
    names = (instrument_around(cell, word.start(), word.end(), word[0]) for word in words)
    return kinds.pop() if len(kinds) == 1 else "", next(filter(None, names), "")


def _read_cell(cell: re.Match[str], kind: str, instrument: str) -> list[Reference]:
    """Return the references of one cell, and its numbers without a word where the head of the column says the word."""
    references = [each._replace(instrument=each.instrument or instrument) for each in find_references(cell[0])]
    covered = {position for reference in references for position in range(reference.start, reference.end)}
    bare = []
    for number in _BARE.finditer(cell[0]) if kind else ():
        label = parse_label(number["core"])
        if label and number.start() not in covered:
            span = number.span("core")
            bare.append(Reference(*span, *span, number["core"], kind, label, False, "", None, instrument))
    merged = sorted((*references, *bare), key=lambda reference: reference.start)
    place_of = {reference: place for place, reference in enumerate(merged)}
    offset = cell.start()
    return [
        each._replace(
            start=each.start + offset,
            end=each.end + offset,
            number_start=each.number_start + offset,
            number_end=each.number_end + offset,
            within=None if each.within is None else place_of[references[each.within]],
        )
        for each in merged
    ]
