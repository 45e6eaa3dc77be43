"""Write an evidence pack as a zip file that is the same wherever and whenever it is written."""

from collections.abc import Mapping
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

VERIFIERS = ("README.md", "verify.py", "verify.html")
"""What a pack holds besides the evidence: the recipe and the two verifiers."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a pack, so that the same evidence is the same file."""


def read_verifiers(folder: Path) -> dict[str, bytes]:
    """Return the recipe and the verifiers in a folder by name."""
    return {name: (folder / name).read_bytes() for name in VERIFIERS}


def write_pack(stream: IO[bytes], files: Mapping[str, bytes]) -> None:
    """Write the files of a pack as a zip file without compression: the same files are the same bytes."""
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(_describe_file(name), content)


def _describe_file(name: str) -> ZipInfo:
    """Return the entry of a file in the pack, the same on every platform."""
    entry = ZipInfo(name, FIRST_DAY)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry
