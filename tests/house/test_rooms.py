"""The picture of the rooms in `server/README.md` is the one that the imports draw."""

import re
from pathlib import Path

from tests.house.test_house import MODULES, SERVER, imports_of

TOP = "app"
ROOMS = {folder.name for folder in SERVER.iterdir() if (folder / "__init__.py").exists()}


def room_of(name: str) -> str:
    """Return the room of a module of the server by its dotted name; modules at the root are one room together."""
    part = name.split(".")[1]
    return part if part in ROOMS else TOP


def arrows() -> set[tuple[str, str]]:
    """Return (importing room, imported room) for all imports between rooms."""
    drawn = set()
    for path in MODULES:
        if path == SERVER / "__init__.py":
            continue
        here = room_of(".".join(path.relative_to(SERVER.parent).with_suffix("").parts))
        drawn |= {(here, room_of(name)) for name in imports_of(path) if name.startswith("server.")}
    return {(importing, imported) for importing, imported in drawn if importing != imported}


def leading_to(start: str, drawn: set[tuple[str, str]], without: tuple[str, str]) -> set[str]:
    """Return every room that is reached from `start` along the arrows, one of them left out."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        room = waiting.pop()
        further = {to for begin, to in drawn - {without} if begin == room} - reached
        reached |= further
        waiting += further
    return reached


def test_the_picture_of_the_rooms_is_drawn_by_the_imports() -> None:
    text = (SERVER / "README.md").read_text(encoding="utf-8")
    picture = re.search(r"```mermaid\n(flowchart TB\n.*?)```", text, re.DOTALL).group(1)  # type: ignore[union-attr]

    drawn = set(re.findall(r"^ +(\w+)(?:\[.*?\])? --> (\w+)", picture, re.MULTILINE))
    named = set(re.findall(r"^ +(\w+)(?:\[| -->)", picture, re.MULTILINE))

    real = arrows()
    needed = {(begin, to) for begin, to in real if to not in leading_to(begin, real, (begin, to))}
    assert named == {*ROOMS, TOP}
    assert drawn == needed


def test_the_map_names_every_room_and_every_concept() -> None:
    text = (SERVER / "README.md").read_text(encoding="utf-8")
    folders = [*(SERVER / room for room in ROOMS), *(path.parent for path in (SERVER / "domain").glob("*/__init__.py"))]

    assert [name for name in map(place_of, folders) if f"| `{name}/` |" not in text] == []


def place_of(folder: Path) -> str:
    """Return a folder as the map writes it."""
    return folder.relative_to(SERVER.parent).as_posix()
