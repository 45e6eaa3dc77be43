"""The documentation is true where it can be tried: commands run, answers are those of the server, names exist."""

import ast
import importlib
import io
import json
import re
import shlex
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer
from graphql import GraphQLEnumType, build_schema, parse, validate
from httpx2 import AsyncClient

from server import cli
from server.app import create_app
from server.identity.keys import signing_keys
from server.identity.standing import find_person
from server.identity.tokens import sign_token
from server.kernel.actor import Capacity
from server.kernel.clock import utc_now
from server.kernel.refusals import RefusalKind
from server.kernel.scopes import EVERY_SCOPE
from server.schema.root import schema
from server.settings import Settings
from server.storage.database import Database
from server.tools.demonstration.load import PEOPLE, load_demonstration
from server.transport.errors import Code
from tests.factories.refusing import Watched
from tests.house.test_house import CONCEPTS, dotted

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
HANDBOOK = (ROOT / "server" / "HANDBOOK.md").read_text(encoding="utf-8")
SECTIONS_TRIED = ("Install", "Programs", "Import papers", "Verify the journal", "Rotate keys")
"""Sections of the handbook with commands that can be tried one after the other on one database."""
GLOSSARY = (ROOT / "server" / "GLOSSARY.md").read_text(encoding="utf-8")
CONTRACTS = (ROOT / "frontend-contracts" / "README.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "server" / "decisions").glob("*.md"))
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {part for part in path.relative_to(ROOT).parts[:-1] if part.startswith(".") or part == "node_modules"}
)
"""Every page of the repository, without hidden folders and what npm brings."""
WRITTEN = [path for path in PAGES if path.parent.name != "demonstration"]
"""Pages that are documentation; the demonstration's papers are input."""
METRICS = ("web/gauges.py", "transport/metrics.py", "identity/site.py")
SECTIONS = ["Context", "Decision", "Consequence", "Alternatives", "Where enforced"]


def name_of(path: Path) -> str:
    """A path as it is written in messages."""
    return path.relative_to(ROOT).as_posix()


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every line of the README, and of the handbook, that calls the console command in its virtual environment."""
    start = ".venv/bin/intersession "
    sections = re.split(r"^## ", HANDBOOK, flags=re.MULTILINE)
    tried = [section for section in sections if section.partition("\n")[0] in SECTIONS_TRIED]
    assert len(tried) == len(SECTIONS_TRIED)
    # A new installation begins on a database of its own: tests/journeys/test_new_installation.py
    before, _, rest = README.partition("## Begin from nothing")
    readme = before + rest.partition("\n## ")[2]
    lines = [line for page in (readme, *tried) for block in blocks(page, "sh") for line in block.splitlines()]
    return [line.removeprefix(start) for line in lines if line.startswith(start)]


def vocabularies() -> Iterator[type[StrEnum]]:
    """Capacity, the kinds of refusals, and every enumeration of the vocabulary."""
    yield from (Capacity, RefusalKind)
    for module in sorted((ROOT / "server" / "vocabulary").glob("*.py")):
        for value in vars(importlib.import_module(dotted(module))).values():
            if isinstance(value, type) and issubclass(value, StrEnum) and value.__module__ == dotted(module):
                yield value


def defined_in(path: Path) -> set[str]:
    """Names of all functions of a module, methods and inner ones included."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.name for node in tree if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


async def test_query_of_the_readme_gets_the_answer_of_the_readme(database: Database) -> None:
    (asking,) = [block for block in blocks(README, "sh") if "<<'JSON'" in block]
    email = re.search(r"intersession token (\S+)\)", asking).group(1)  # type: ignore[union-attr]
    sent = re.search(r"<<'JSON'\n(.*?)\nJSON$", asking, re.DOTALL | re.MULTILINE).group(1)  # type: ignore[union-attr]
    (printed,) = blocks(README, "json")
    now = utc_now()
    await load_demonstration(database, now)
    app = create_app(settings := Settings(), database)
    async with database.reading() as connection:
        person = await find_person(connection, email)
    key = (await signing_keys(database, now))[0]
    names = {"issuer": settings.issuer, "audience": settings.token_audience}
    given = {"client_id": "readme", "scopes": EVERY_SCOPE}
    token = sign_token(key, **names, **given, subject=str(person), now=now, minutes=10)
    await app.state.server.start()

    async with AsyncClient(transport=Watched(app=app), base_url=settings.issuer) as client:
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        answer = await client.post("/graphql", content=sent, headers=headers)

    assert answer.json() == json.loads(printed)


def test_commands_of_readme_and_handbook_run_one_after_the_other_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("INTERSESSION_DATABASE", f"sqlite:///{tmp_path / 'readme.db'}")
    written = [each for each in commands() if not each.startswith("serve")]
    assert len(written) >= 5
    ended: dict[str, Any] = {}

    for command in ["migrate", "demonstration", *written]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("eight louder islands\n"))
        monkeypatch.setattr(sys, "argv", ["intersession", *shlex.split(command)])
        try:
            cli.main()
            ended[command] = 0
        except SystemExit as stopped:
            ended[command] = stopped.code
        except Exception as error:
            ended[command] = f"{type(error).__name__}: {error}"

    assert ended == dict.fromkeys(ended, 0), capsys.readouterr().err


def test_handbook_names_every_console_command() -> None:
    known = set(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]

    named = {
        word for line in (README + HANDBOOK).splitlines() for word in re.findall(r"intersession ([a-z][a-z-]+)", line)
    }

    assert known - named == set()


def test_handbook_names_every_metric_that_it_sets_an_alarm_on() -> None:
    _, _, rest = HANDBOOK.partition("## Alarms worth setting")
    alarms = rest.partition("\n## ")[0]
    code = "".join((ROOT / "server" / room).read_text(encoding="utf-8") for room in METRICS)

    named = set(re.findall(r"\b([a-z]+(?:_[a-z]+)+)\b(?=[{`])", alarms))

    assert len(named) >= 5
    assert [name for name in named if f'"{name}"' not in code] == []


def test_handbook_names_every_event_of_the_log_that_it_promises() -> None:
    _, _, rest = HANDBOOK.partition("## Read the log")
    cells = re.findall(r"^\| (`.+?`) \|", rest.partition("\n## ")[0], re.MULTILINE)
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "server").rglob("*.py"))

    named = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)} - {"event"}

    assert len(named) >= 12
    assert [name for name in named if f'"{name}"' not in code] == []


def test_picture_of_the_readme_is_an_image_with_words_for_those_who_do_not_see_it() -> None:
    (path,) = re.findall(r"!\[[^\]]{20,}\]\((\S+\.svg)\)", README)
    root = ElementTree.fromstring((ROOT / path).read_text(encoding="utf-8"))

    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]


def test_readme_is_short() -> None:
    assert len(README.splitlines()) <= 130


def test_readme_names_every_person_of_the_demonstration() -> None:
    assert [email for email, _ in PEOPLE if f"`{email}`" not in README] == []


def test_handbook_names_exactly_the_settings_with_their_defaults() -> None:
    rows = re.findall(r"^\| `(INTERSESSION_\w+)` \| (.+?) \|", HANDBOOK, re.MULTILINE)
    listed = {name: default.strip("`") for name, default in rows}
    defaults = {f"INTERSESSION_{name.upper()}": field.default for name, field in Settings.model_fields.items()}

    def shown(value: Any) -> str:
        text = str(value).removeprefix(f"{ROOT}/")
        return text.lower() if isinstance(value, bool) else text or "empty"

    assert listed == {name: shown(value) for name, value in defaults.items()}
    assert set(re.findall(r"INTERSESSION_[A-Z_]+", README + HANDBOOK)) == set(defaults)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_relative_links_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_paths_in_backticks_exist(page: Path) -> None:
    named = re.findall(r"`((?:server|tests|alembic|frontend-contracts)/[\w./-]*)`", page.read_text(encoding="utf-8"))

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_functions_of_the_guided_tour_exist() -> None:
    tour = (ROOT / "server" / "README.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\| \d+ \| `([\w./]+)` :: `(\w+)` \|", tour, re.MULTILINE)

    assert len(steps) == len(re.findall(r"^\| \d+ \|", tour, re.MULTILINE)) > 10
    assert [f"{path} :: {name}" for path, name in steps if name not in defined_in(ROOT / path)] == []


def test_glossary_has_every_concept_folder() -> None:
    headings = set(re.findall(r"^## .*\(`(\w+)`\)$", GLOSSARY, re.MULTILINE))

    assert headings == set(CONCEPTS)


@pytest.mark.parametrize("vocabulary", dict.fromkeys(vocabularies()), ids=lambda vocabulary: vocabulary.__name__)
def test_glossary_has_every_member_of_the_vocabulary(vocabulary: type[StrEnum]) -> None:
    assert [member.value for member in vocabulary if f"`{member.value}`" not in GLOSSARY] == []


def test_glossary_explains_no_word_that_the_code_does_not_have() -> None:
    enums = [kind for kind in schema._schema.type_map.values() if isinstance(kind, GraphQLEnumType)]
    known = {value for kind in enums for value in kind.values}
    known |= {member.value for vocabulary in vocabularies() for member in vocabulary}
    anchors = importlib.import_module("server.wording.anchors")
    known |= {member.value for kind in (anchors.AnchorState, anchors.AnchorProblem) for member in kind}

    assert set(re.findall(r"`([A-Z][A-Z_]+)`", GLOSSARY)) - known == set()


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [path.name[:4] for path in DECISIONS]

    assert numbers == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    assert len(numbers) >= 15


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_decision_has_its_number_its_status_and_every_section(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")

    assert text.startswith(f"# {decision.name[:4]}. ")
    (status,) = re.findall(r"^Status: (.+)$", text, re.MULTILINE)
    successor = status.removeprefix("superseded by ")
    assert status == "accepted" or any(path.name.startswith(f"{successor}-") for path in DECISIONS)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS


def test_lines_counted_in_decisions_are_those_of_the_code_within_a_tenth() -> None:
    counted = re.compile(r"([\d,]+) lines \(`cat (server/[\w/]+\*\.py) \| wc -l`\)")
    claims = [claim for page in DECISIONS for claim in counted.findall(page.read_text(encoding="utf-8"))]
    wrong = []
    for said, pattern in claims:
        lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in ROOT.glob(pattern))
        if not 0.9 < int(said.replace(",", "")) / lines < 1.1:
            wrong.append(f"{pattern} has {lines} lines, not {said}")

    assert len(claims) >= 1
    assert wrong == []


def test_operations_in_the_contracts_readme_fit_the_schema() -> None:
    printed = build_schema((ROOT / "frontend-contracts" / "schema.graphql").read_text(encoding="utf-8"))
    operations = blocks(CONTRACTS, "graphql")

    assert len(operations) >= 1
    assert [validate(printed, parse(operation)) for operation in operations] == [[] for _ in operations]


def test_contracts_readme_has_every_code_of_an_error() -> None:
    _, _, errors = CONTRACTS.partition("## Errors")

    assert re.findall(r"^\| `([A-Z_]+)` \|", errors, re.MULTILINE) == [code.value for code in Code]


def test_json_in_the_documentation_can_be_read() -> None:
    for page in WRITTEN:
        for block in blocks(page.read_text(encoding="utf-8"), "json"):
            json.loads(block)
