"""Operations of acts that nobody has written are written from the schema."""

import shutil
from pathlib import Path

import pytest

from server.schema.root import schema
from server.tools.contracts.acts import add_operations
from tests.factories.api import CONTRACTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the operations and fragments that a test may take from."""
    for name in ("operations", "fragments"):
        shutil.copytree(CONTRACTS / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["rounds/supportComment", "texts/issueVersion", "workplan/dropActivity", "proposals/assignProposal"],
)
def test_add_operations_writes_what_an_act_lacks_as_it_was_published(folder: Path, name: str) -> None:
    (published,) = (folder / "operations").rglob(f"{Path(name).name}.graphql")
    text = published.read_text(encoding="utf-8")
    published.unlink()

    missing = add_operations(folder, schema._schema, write=False)
    added = add_operations(folder, schema._schema, write=True)

    assert missing == added == [f"operations/{name}.graphql"]
    assert (folder / "operations" / f"{name}.graphql").read_text(encoding="utf-8") == text


def test_add_operations_leaves_alone_what_is_published(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.graphql")}

    added = add_operations(folder, schema._schema, write=True)

    assert added == []
    assert {path: path.read_bytes() for path in folder.rglob("*.graphql")} == before


def test_add_operations_without_a_fragment_for_the_object_says_so(folder: Path) -> None:
    (folder / "operations" / "rounds" / "supportComment.graphql").unlink()
    (folder / "fragments" / "CommentFields.graphql").unlink()

    with pytest.raises(ValueError, match="supportComment: write its operation"):
        add_operations(folder, schema._schema, write=True)

    assert not (folder / "operations" / "rounds" / "supportComment.graphql").exists()
