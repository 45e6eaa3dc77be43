"""Read lists of names as papers print them: known names first, the longest first, whatever commas they hold."""

import re
from collections.abc import Collection

from server.wording.folding import fold_name

_SEPARATOR = re.compile(
    r"\s*[,;](?:\s*(?:and|et)(?=\s))?\s*|\s+(?:and\s*/\s*or|et\s*/\s*ou|and|et|&)\s+|\s*/\s*", re.IGNORECASE
)
_MARK = re.compile(rf"[()]|{_SEPARATOR.pattern}", re.IGNORECASE)
_FORM = re.compile(r",?\s*(?:Inc|Ltd|LLC|Corp|GmbH|S\.?A|plc|B\.?V|Co)(?![\w-])\.?", re.IGNORECASE)
"""The legal form of a company, which belongs to its name."""


def spellings_of(name: str) -> tuple[str, ...]:
    """Return a name as it is folded, and with "&" written as "and", or "and" as "&"."""
    folded = fold_name(name)
    return tuple(dict.fromkeys((folded, folded.replace(" & ", " and "), folded.replace(" and ", " & "))))


def is_known(name: str, names: Collection[str]) -> bool:
    """Return whether a name is among folded names, in one of its spellings."""
    return any(spelling in names for spelling in spellings_of(name))


def split_names(cell: str, names: Collection[str] = ()) -> tuple[str, ...]:
    """Return the entries of a list, as printed; `names` are the folded names that are known.

    Where a known name begins an entry and ends it, it is the entry, whatever commas and "and" it holds. Other words are
    parted at commas, semicolons and "and", but not inside brackets, not before the legal form of a company, and not
    within "Members and stakeholders"; at "&" and "/" only where a known name follows.
    """
    entries, rest = [], cell.strip()
    while rest:
        end = _end_of_known(rest, names) or _end_of_words(rest, names)
        entries.append(rest[:end])
        separator = _SEPARATOR.match(rest, end)
        rest = rest[separator.end() if separator else end :].lstrip()
    return tuple(entry.strip() for entry in entries if entry.strip())


def find_name_at_start(words: str, names: Collection[str]) -> str:
    """Return the longest known name at the beginning of the words, as printed; "" if there is none."""
    # one word more than the longest name, because "The" is dropped when a name is folded
    most = max((len(name.split()) for name in names), default=0) + 1
    ends = [word.end() for word, _ in zip(re.finditer(r"\S+", words), range(most), strict=False)]
    for end in reversed(ends):
        for candidate in (words[:end], words[:end].rstrip(",;")):
            if is_known(candidate, names):
                return candidate
    return ""


def find_unknown(words: str, names: Collection[str]) -> tuple[str, str]:
    """Return the unknown name at the beginning of the words, and the words after it.

    It ends at the next separator, or where a known name begins.
    """
    end = _end_of_words(words, names)
    for word in re.finditer(r"\S+", words[:end]):
        if word.start() and find_name_at_start(words[word.start() :], names):
            end = word.start()
            break
    return words[:end].strip(), words[end:].lstrip()


def _end_of_known(words: str, names: Collection[str]) -> int:
    """Return where the known name ends that is the first entry, 0 if the first entry is none."""
    ends = [mark.start() for mark in _SEPARATOR.finditer(words)] + [len(words)]
    return next((end for end in reversed(ends) if is_known(words[:end], names)), 0)


def _end_of_words(words: str, names: Collection[str]) -> int:
    """Return where an entry of other words ends. A known name that begins it, as of a ministry there, is not cut."""
    depth, begin = 0, len(find_name_at_start(words, names))
    for mark in _MARK.finditer(words, begin):
        if mark[0] in ("(", ")"):
            depth = max(0, depth + (1 if mark[0] == "(" else -1))
        elif (
            not depth
            and mark.start()
            and not _is_one_entry(words, mark, names)
            and not _FORM.match(words, mark.start())
        ):
            return mark.start()
    return len(words)


def _is_one_entry(words: str, mark: re.Match[str], names: Collection[str]) -> bool:
    """Return whether the mark is the "and" of "Members and stakeholders", or one that parts nothing that is known."""
    if mark[0].strip() in ("&", "/"):
        return not _end_of_known(words[mark.end() :], names)
    before = words[max(0, mark.start() - 7) : mark.start()].casefold()
    after = words[mark.end() : mark.end() + 12].casefold()
    return mark[0].strip().casefold() in ("and", "et") and before == "members" and after == "stakeholders"
