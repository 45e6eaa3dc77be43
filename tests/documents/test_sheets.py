"""Reading sheets from outside: CSV and XLSX, and everything that pretends to be one."""

import base64
import io
import zipfile

import pytest

from server.documents import sheets
from server.documents.sheets import SheetRow, UnreadableSheet, read_sheet

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WORKBOOK = (
    f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="People" sheetId="1" r:id="rId7"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>'
)


def xlsx(rows: str, *, strings: str = "", **parts: str) -> str:
    """Return an XLSX file in Base64 with these rows."""
    held = {
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    if strings:
        held["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (held | parts).items():
            archive.writestr(name, content)
    return base64.b64encode(file.getvalue()).decode()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_parts_its_cells(separator: str) -> None:
    sheet = "\ufeff" + "\r\n".join(
        separator.join(row) for row in (("Party", "E-mail"), (" Japan ", "j@x.org"), ("", ""))
    )

    assert read_sheet(sheet) == [SheetRow(1, ("Party", "E-mail")), SheetRow(2, ("Japan", "j@x.org"))]


def test_csv_row_after_a_cell_of_two_lines_keeps_the_number_of_its_line() -> None:
    assert read_sheet('a,"b\nc"\nd,e')[1] == SheetRow(3, ("d", "e"))


def test_csv_with_a_quotation_mark_that_is_never_closed_is_refused() -> None:
    with pytest.raises(UnreadableSheet) as raised:
        read_sheet('a,b\n"c,d\n')

    assert raised.value.row == 2


def test_xlsx_is_read_with_shared_and_rich_words_and_gaps() -> None:
    strings = "<si><t>Party</t></si><si><r><t>Ja</t></r><r><t>pan</t></r><rPh><t>nihon</t></rPh></si>"
    rows = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>E-mail</t></is></c></row>'
        '<row r="5"><c r="A5" t="s"><v>1</v></c><c r="C5" t="str"><v>j@x.org</v></c></row>'
    )

    assert read_sheet(xlsx(rows, strings=strings)) == [
        SheetRow(2, ("Party", "", "E-mail")),
        SheetRow(5, ("Japan", "", "j@x.org")),
    ]


@pytest.mark.parametrize(
    "sheet",
    [
        base64.b64encode(b"PK\x03\x04 and nothing more").decode(),
        "UEsDB but no Base64!",
        xlsx("", **{"xl/workbook.xml": f"<workbook {MAIN}><sheets/></workbook>"}),
        xlsx("", **{"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        xlsx("<row><c><v>1</row>"),
        xlsx("", **{"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><workbook>&a;</workbook>'}),
    ],
)
def test_what_is_no_sheet_is_refused(sheet: str) -> None:
    with pytest.raises(UnreadableSheet):
        read_sheet(sheet)


def test_a_formula_is_refused_by_its_cell() -> None:
    with pytest.raises(UnreadableSheet, match="B3 is a formula") as raised:
        read_sheet(xlsx('<row r="3"><c r="B3"><f>HYPERLINK("http://x")</f><v>ok</v></c></row>'))

    assert raised.value.row == 3


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = xlsx("", **{"xl/sharedStrings.xml": f"<sst {MAIN}>{' ' * (sheets.MOST_UNPACKED + 1)}</sst>"})

    assert len(bomb) < 60_000
    with pytest.raises(UnreadableSheet, match="larger than"):
        read_sheet(bomb)


def test_more_rows_and_columns_than_a_list_has_are_refused() -> None:
    with pytest.raises(UnreadableSheet, match="2000 rows"):
        read_sheet("\n".join(["a,b"] * 10_000))
    with pytest.raises(UnreadableSheet, match="50 columns"):
        read_sheet(",".join("a" * 51))
    with pytest.raises(UnreadableSheet, match="50 columns"):
        read_sheet(xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'))
