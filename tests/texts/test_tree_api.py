"""The tree of a text as clients read it: parents, children, the headings above, cells and marks."""

from typing import Any

from server.domain.texts.actions.importing import import_text
from tests.factories.api import Api

PAPER = """# Parcels

## Principle 1: Data

1. Members **shall**:
   (a) collect data;
   (b) share it.

Table 1 – Duties

| Who | What |
|-----|------|
| Post \\| broker | _pays_ |

## Annex I – Forms

One form.
"""
TREE = """query Tree($id: ID!) {
  textVersion(id: $id) {
    provisions {
      totalCount
      nodes {
        kind level printedNumber text
        marks { start end kind }
        cells { number text start end }
        parent { key text }
        children { totalCount nodes { printedNumber text parent { text } } }
        path { kind printedNumber text }
      }
    }
  }
}"""


IDS = "query($id: ID!) { textVersion(id: $id) { provisions { nodes { id } } } }"


async def tree_of(api: Api, markdown: str) -> list[dict[str, Any]]:
    """Import a paper and read its provisions with everything about the tree."""
    names = {"title": "Parcels", "short_title": "Parcels", "label": "Draft"}
    version = await api.world.do("secretariat", import_text, **names, markdown=markdown)
    answer = await api.send("secretariat", TREE, {"id": version})
    assert "errors" not in answer, answer["errors"]
    provisions: list[dict[str, Any]] = answer["data"]["textVersion"]["provisions"]["nodes"]
    return provisions


async def test_a_provision_names_what_it_stands_in_and_what_stands_in_it(api: Api) -> None:
    provisions = await tree_of(api, PAPER)

    read = [
        (each["kind"], each["printedNumber"], each["text"], each["parent"] and each["parent"]["text"])
        for each in provisions
    ]
    assert read == [
        ("TITLE", None, "Parcels", None),
        ("PRINCIPLE", "Principle 1:", "Data", "Parcels"),
        ("LIST_ITEM", "1.", "Members shall:", "Data"),
        ("SUB_ITEM", "(a)", "collect data;", "Members shall:"),
        ("SUB_ITEM", "(b)", "share it.", "Members shall:"),
        ("TABLE", None, "Table 1 – Duties", "Data"),
        ("TABLE_ROW", None, "Who | What", "Table 1 – Duties"),
        ("TABLE_ROW", None, "Post \\| broker | pays", "Table 1 – Duties"),
        ("ANNEX", "Annex I –", "Forms", "Parcels"),
        ("PARAGRAPH", None, "One form.", "Forms"),
    ]
    children = [[child["text"] for child in each["children"]["nodes"]] for each in provisions]
    assert children[:3] == [["Data", "Forms"], ["Members shall:", "Table 1 – Duties"], ["collect data;", "share it."]]
    assert [each["children"]["totalCount"] for each in provisions] == [2, 2, 2, 0, 0, 2, 0, 0, 1, 0]
    paths = [[heading["text"] for heading in each["path"]] for each in provisions]
    assert (paths[0], paths[4], paths[7], paths[9]) == (
        [],
        ["Parcels", "Data"],
        ["Parcels", "Data"],
        ["Parcels", "Forms"],
    )
    assert provisions[4]["path"][1] == {"kind": "PRINCIPLE", "printedNumber": "Principle 1:", "text": "Data"}


async def test_a_section_is_read_as_a_whole_by_those_who_see_its_version(api: Api) -> None:
    names = {"title": "Parcels", "short_title": "Parcels", "label": "Draft"}
    version = await api.world.do("secretariat", import_text, **names, markdown=PAPER)
    nodes = (await api.send("secretariat", IDS, {"id": version}))["data"]["textVersion"]["provisions"]["nodes"]
    ids = [node["id"] for node in nodes]

    whole = await api.ask("secretariat", "SectionOfText", provisionId=ids[1])
    item = await api.ask("secretariat", "SectionOfText", provisionId=ids[2])
    hidden = await api.ask("japan", "SectionOfText", provisionId=ids[2])

    assert [each["id"] for each in whole["section"]["provisions"]] == ids[1:8]
    assert [each["id"] for each in item["section"]["provisions"]] == ids[2:5]
    assert item["section"]["text"] == "1. Members shall:\n(a) collect data;\n(b) share it."
    assert hidden == {"section": None}


async def test_a_row_has_cells_and_words_have_marks(api: Api) -> None:
    provisions = await tree_of(api, PAPER)

    assert provisions[2]["marks"] == [{"start": 8, "end": 13, "kind": "BOLD"}]
    assert provisions[7]["cells"] == [
        {"number": 1, "text": "Post | broker", "start": 0, "end": 14},
        {"number": 2, "text": "pays", "start": 17, "end": 21},
    ]
    assert provisions[7]["marks"] == [{"start": 17, "end": 21, "kind": "ITALIC"}]
    assert (provisions[2]["cells"], provisions[3]["marks"]) == ([], [])
