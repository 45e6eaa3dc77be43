"""An installation that worked keeps working: it takes what the locks name, and nothing else."""

import re
import shlex
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from server.web import healthcheck
from server.web.health import WAITS_FOR_DATABASE

ROOT = Path(__file__).parents[2]
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
RECIPES = ("Makefile", "Dockerfile", ".ci/run")
COMPLETE = {"--no-deps", "--require-hashes", "--only-binary :all:"}
"""With these pip resolves nothing, takes nothing unhashed, and builds nothing with the newest tools of the day."""
SILENT = {"--quiet", "--disable-pip-version-check"}
FROM_LOCKS = {"-r requirements.lock", "-r requirements-dev.lock"}
OTHER_INSTALLERS = re.compile(
    r"uv (pip )?(sync|install|add|run|tool)|uvx|npx|npm (i|install|add|update)\b|easy_install"
)
REQUIREMENT = re.compile(r"([a-z0-9][a-z0-9._-]*)==([^\s;]+)( ; .+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries_of(lock: Path) -> list[list[str]]:
    """Return the entries of a lock: each is the requirement and its options, without comments."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace(" \\\n", "\n")
    return [entry.split("\n    ") for entry in re.split(r"\n(?=\S)", joined.strip())]


def pins_of(lock: Path) -> dict[str, str]:
    """Return the pinned version and the marker of every name in a lock."""
    matches = [REQUIREMENT.fullmatch(entry[0]) for entry in entries_of(lock)]
    return {match[1]: f"{match[2]}{match[3] or ''}" for match in matches if match}


def commands_of(recipe: str) -> list[str]:
    """Return the lines of a recipe, continued lines joined, without comments, and with the variables of make put in."""
    text = (ROOT / recipe).read_text(encoding="utf-8").replace("\\\n", " ")
    variables = dict(re.findall(r"^(\w+) :?\??= (.*)$", text, re.MULTILINE))
    commands = []
    for line in text.splitlines():
        while (expanded := re.sub(r"\$\((\w+)\)", lambda match: variables.get(match[1], ""), line)) != line:
            line = expanded
        if not line.lstrip().startswith("#") and not re.match(r"\w+ :?\??= ", line):
            commands.append(line)
    return commands


def installations() -> list[str]:
    """Return the words behind every `pip install` of the recipes."""
    lines = [line for recipe in RECIPES for line in commands_of(recipe)]
    parts = [part for line in lines for part in re.split(r"&&|;|\|\|", line)]
    calls = [re.search(r"\bpip (?:--python \S+ )?install (.*)", part) for part in parts]
    return [call[1].strip() for call in calls if call]


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda lock: lock.name)
def test_every_requirement_of_a_lock_is_pinned_and_hashed(lock: Path) -> None:
    entries = entries_of(lock)

    loose = [
        requirement
        for requirement, *options in entries
        if not REQUIREMENT.fullmatch(requirement) or not options or not all(map(HASH.fullmatch, options))
    ]

    assert len(entries) > 50
    assert loose == []


def test_lock_for_development_has_every_version_of_the_lock_to_run() -> None:
    assert pins_of(RUNTIME).items() - pins_of(DEVELOPMENT).items() == set()


def test_locks_name_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {
        lock: {re.match(r"[a-z0-9-]+", requirement)[0] for requirement in requirements}  # type: ignore[index]
        for lock, requirements in (
            (RUNTIME, project["dependencies"]),
            (DEVELOPMENT, project["optional-dependencies"]["dev"]),
        )
    }

    assert {lock.name: names[lock] - pins_of(lock).keys() for lock in names} == {
        RUNTIME.name: set(),
        DEVELOPMENT.name: set(),
    }


def test_locks_name_no_place_to_install_from() -> None:
    written = RUNTIME.read_text(encoding="utf-8") + DEVELOPMENT.read_text(encoding="utf-8")

    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host", written) == []


def test_recipes_install_complete_locks_and_nothing_else() -> None:
    commands = installations()

    options = [set(re.findall(r"--only-binary :all:|-r \S+|\S+", command)) for command in commands]
    assert len(commands) == 3
    assert [COMPLETE - each for each in options] == [set()] * 3
    assert [each - COMPLETE - SILENT - FROM_LOCKS for each in options] == [set()] * 3
    assert [len(each & FROM_LOCKS) for each in options] == [1] * 3


def test_recipes_call_no_other_installer() -> None:
    lines = [line for recipe in RECIPES for line in commands_of(recipe)]

    assert [line for line in lines if OTHER_INSTALLERS.search(line)] == []


def test_project_has_no_build_system_that_an_installation_could_fetch() -> None:
    assert "build-system" not in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_image_names_its_base_by_digest() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    bases = [line.partition("=")[2] for line in lines if line.startswith("ARG BASE=")]

    assert [bool(re.fullmatch(r"python:3\.\d+\.\d+-[a-z-]+@sha256:[0-9a-f]{64}", base)) for base in bases] == [True]
    assert {shlex.split(line)[1] for line in lines if line.startswith("FROM ")} == {"$BASE"}


def test_image_has_no_package_that_no_lock_names() -> None:
    commands = commands_of("Dockerfile")

    (made,) = [line for line in commands if " -m venv " in line]
    assert "--without-pip" in made.split()
    assert [line for line in commands if re.search(r"ensurepip|get-pip|apt|curl|wget|\bADD\b", line)] == []


def test_image_runs_as_an_ordinary_user_and_writes_to_its_volume_only() -> None:
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2].splitlines()
    words = {line.split()[0]: line for line in last if line[:1].isupper()}

    assert words["USER"] == "USER intersession"
    assert words["VOLUME"] == 'VOLUME ["/data"]'
    assert "PYTHONDONTWRITEBYTECODE=1" in words["ENV"]
    assert 'INTERSESSION_DATABASE="sqlite:////data/' in "\n".join(last)
    assert [line for line in last if re.search(r"\bEXPOSE (\d+)", line)] == ["EXPOSE 8000"]
    assert last.index("USER intersession") < last.index(
        'CMD ["intersession", "serve", "--host", "0.0.0.0", "--port", "8000"]'
    )


def test_image_asks_for_its_health_where_it_listens() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    (command,) = re.findall(r'^HEALTHCHECK .*CMD \["python", "-m", "([\w.]+)"\]$', text, re.MULTILINE)
    assert command == healthcheck.__name__
    assert urlsplit(healthcheck.ADDRESS)[1:3] == ("127.0.0.1:8000", "/readyz")
    assert float(re.findall(r"--timeout=(\d+)s", text)[0]) > healthcheck.SECONDS > WAITS_FOR_DATABASE


def test_recipes_prove_each_installation_and_check_a_commit_from_nothing() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    steps = [
        line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")
    ]

    assert makefile.count("pip check") == makefile.count("$(INSTALL) -r ") == 2
    assert steps.index("rm -rf .venv") < steps.index("make check") < steps.index("make test-rest")
    assert steps[-1] == "make test-rest"


def test_packages_of_npm_are_installed_as_their_locks_say() -> None:
    commands = [
        line.strip()
        for path in (ROOT / "tests").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if '"npm"' in line and path.name != Path(__file__).name
    ]

    assert [line for line in commands if "npm" in line and '["npm",' in line and '"ci"' not in line] == []
    assert any('"ci"' in line for line in commands)
