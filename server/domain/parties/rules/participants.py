"""Reading a list of participants: which column is which, and what each row says. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from server.documents.sheets import SheetRow
from server.domain.parties.rules.accrediting import Invited, check_invited
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue, Plain
from server.vocabulary.parties import Region
from server.wording.folding import fold_name, plain_name

HEADERS: Mapping[str, Collection[str]] = {
    "party": {
        *("party", "delegation", "country", "organization", "organisation", "administration", "member", "entity"),
        *("country/organization", "country / organization", "délégation", "pays", "partie", "pays/organisation"),
    },
    "name": {"name", "full name", "participant", "delegate", "nom complet", "nom et prénom", "délégué"},
    "first": {"first name", "given name", "given names", "forename", "prénom", "prénoms"},
    "last": {"last name", "family name", "surname", "nom", "nom de famille"},
    "email": {"e-mail", "email", "e-mail address", "email address", "mail", "courriel", "adresse électronique"},
    "focal point": {"focal point", "point de contact", "role", "rôle"},
    "from": {"from", "first day", "starts on", "du", "premier jour", "début"},
    "until": {"until", "to", "last day", "ends on", "au", "dernier jour", "fin"},
    "region": {"region", "wco region", "région", "région de l'omd"},
    "language": {"language", "working language", "language of correspondence", "langue", "langue de travail"},
}
"""The headings under which lists print each column, in English and in French."""
NEEDED = ("party", "email")
DEEPEST_HEADER = 20
"""The row at most, among those with words, in which the headings stand: lists begin with a title."""
YES = frozenset({"yes", "y", "x", "true", "1", "oui", "focal point", "point de contact"})
NO = frozenset({"", "no", "n", "false", "0", "non", "delegate", "délégué", "expert"})
TITLES = frozenset({"mr", "mr.", "ms", "ms.", "mrs", "mrs.", "miss", "m.", "mme", "mme.", "mlle"})
"""Courtesy titles, which lists print before names and which are no part of them."""
REGIONS: Mapping[str, Region] = {
    **{"europe": Region.EUROPE, "eur": Region.EUROPE},
    **dict.fromkeys(
        ("north of africa, near and middle east", "mena", "nord de l'afrique, proche et moyen-orient"),
        Region.NORTH_AFRICA_NEAR_AND_MIDDLE_EAST,
    ),
    **dict.fromkeys(
        ("west and central africa", "wca", "afrique occidentale et centrale"), Region.WEST_AND_CENTRAL_AFRICA
    ),
    **dict.fromkeys(
        ("east and southern africa", "esa", "afrique orientale et australe"), Region.EAST_AND_SOUTHERN_AFRICA
    ),
    **dict.fromkeys(("americas", "americas and caribbean", "ams", "amériques"), Region.AMERICAS_AND_CARIBBEAN),
    **dict.fromkeys(("asia/pacific", "asia pacific", "asia-pacific", "a/p", "asie/pacifique"), Region.ASIA_PACIFIC),
}
"""The regions of the organization, as lists print them."""
LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("english", "anglais", "eng"), "en"),
    **dict.fromkeys(("french", "français", "francais", "fre", "fra"), "fr"),
    **dict.fromkeys(("spanish", "espagnol", "español", "esp", "spa"), "es"),
    **dict.fromkeys(("portuguese", "portugais", "português"), "pt"),
    **dict.fromkeys(("arabic", "arabe"), "ar"),
    **dict.fromkeys(("russian", "russe"), "ru"),
    **dict.fromkeys(("chinese", "chinois"), "zh"),
    **dict.fromkeys(("japanese", "japonais"), "ja"),
    **dict.fromkeys(("korean", "coréen"), "ko"),
    **dict.fromkeys(("german", "allemand", "deutsch"), "de"),
}
"""Tags of languages by the names and abbreviations that lists print; a list may print the tag itself."""
_TAG = re.compile(r"[a-z]{2}(-[a-z]{4})?(-[a-z]{2})?")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet computes when it opens an export."""
EPOCH = date(1899, 12, 30)
"""Day 0 of the days that spreadsheets count."""


class Participant(NamedTuple):
    """One row: the party as printed, and the accreditation that is offered.

    `region` is that of the party, and `language` the tag of the language of the person, where the row says one.
    """

    row: int
    party: str
    invited: Invited
    region: Region | None = None
    language: str | None = None


class ReadList(NamedTuple):
    """What was read: the participants, those of rows at fault among them, and the faults by row and column."""

    participants: tuple[Participant, ...]
    issues: tuple[Issue, ...]


def issue_at(row: int, column: str, code: IssueCode, **parameters: Plain) -> Issue:
    """Return the fault of a place in a sheet; row 0 is the sheet as a whole."""
    place: dict[str, Plain] = {"row": row, "column": column} if row else {}
    return Issue("sheet", code, **place, **parameters)


def read_participants(rows: Sequence[SheetRow], today: date, starts_on: date, ends_on: date | None) -> ReadList:
    """Return the participants of a sheet, and every fault with its row and column.

    `starts_on` and `ends_on` are the days of rows that say none themselves.
    """
    header, columns = _find_header(rows)
    if columns is None:
        return ReadList((), (issue_at(0, "", IssueCode.COLUMNS_MISSING),))
    participants: list[Participant] = []
    issues: list[Issue] = []
    first_at: dict[tuple[str, str], int] = {}
    for row in rows[header + 1 :]:
        reading = _RowReading(row, columns, rows[header].cells)
        participant = reading.read(starts_on, ends_on)
        reading.check(participant.invited, today)
        key = (fold_name(participant.party), participant.invited.email.casefold())
        if all(key) and (first := first_at.setdefault(key, row.number)) != row.number:
            reading.add_fault("email", IssueCode.ROW_REPEATED, first=first)
        issues += reading.issues
        participants.append(participant)
    if not participants and not issues:
        issues.append(issue_at(0, "", IssueCode.EMPTY))
    return ReadList(tuple(participants), tuple(issues))


def _find_header(rows: Sequence[SheetRow]) -> tuple[int, dict[str, int] | None]:
    """Return the index of the row with the headings, and the index of each column; None where there is no such row."""
    for index, row in enumerate(rows[:DEEPEST_HEADER]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row.cells):
            words = " ".join(cell.casefold().split()).rstrip(" *:")
            name = next((name for name, printed in HEADERS.items() if words in printed), None)
            if name is not None:
                columns.setdefault(name, place)
        if all(name in columns for name in NEEDED) and ("name" in columns or "last" in columns):
            return index, columns
    return 0, None


class _RowReading:
    """The reading of one row: its cells by column, and the faults that were met, one of each column at most."""

    def __init__(self, row: SheetRow, columns: Mapping[str, int], headings: Sequence[str]) -> None:
        self._row = row
        self._columns = columns
        self._headings = headings
        self._faults: dict[str, Issue] = {}

    @property
    def issues(self) -> list[Issue]:
        """The faults of the row."""
        return [*self._faults.values()]

    def add_fault(self, column: str, code: IssueCode, **parameters: Plain) -> None:
        """Keep the fault of a column, which is named as it is printed, unless it has one already."""
        place = self._columns.get(column, self._columns.get("last" if column == "name" else "", -1))
        heading = self._headings[place] if 0 <= place < len(self._headings) else column
        self._faults.setdefault(column, issue_at(self._row.number, heading, code, **parameters))

    def read(self, starts_on: date, ends_on: date | None) -> Participant:
        """Return the participant of the row, of which nothing is certain where a column is at fault."""
        party, email = self._cell("party"), self._cell("email").replace(" ", "")
        name = self._name()
        for column, words in (("party", party), ("name", name), ("email", email)):
            if not words:
                self.add_fault(column, IssueCode.EMPTY)
            elif words.startswith(FORMULAS):
                self.add_fault(column, IssueCode.FORMULA, character=words[0])
        is_focal_point = self._answer("focal point")
        invited = Invited(name, email, is_focal_point, self._day("from") or starts_on, self._day("until") or ends_on)
        return Participant(self._row.number, party, invited, self._region(), self._language())

    def check(self, invited: Invited, today: date) -> None:
        """Keep the faults of an accreditation that can be offered by no means."""
        columns = {"startsOn": "from", "endsOn": "until"}
        for issue in check_invited(invited, today):
            self.add_fault(columns.get(issue.path, issue.path), issue.code, **issue.parameters)

    def _cell(self, column: str) -> str:
        place = self._columns.get(column, -1)
        return self._row.cells[place] if 0 <= place < len(self._row.cells) else ""

    def _name(self) -> str:
        """Return the name as printed, without a courtesy title: in one column, or in two."""
        printed = self._cell("name") or f"{self._cell('first')} {self._cell('last')}"
        words = plain_name(printed).split(" ")
        while len(words) > 1 and words[0].casefold() in TITLES:
            words = words[1:]
        return " ".join(word for word in words if word)

    def _answer(self, column: str) -> bool:
        words = self._cell(column).casefold()
        if words not in YES | NO:
            self.add_fault(column, IssueCode.NOT_ONE_OF, allowed=("yes", "no"))
        return words in YES

    def _region(self) -> Region | None:
        """Return the region of the party, by its name, its abbreviation or its code; None where the cell is empty."""
        words = " ".join(self._cell("region").casefold().split())
        code = words.upper().replace(" ", "_")
        region = REGIONS.get(words) or (Region(code) if code in Region.__members__ else None)
        if words and region is None:
            self.add_fault("region", IssueCode.NOT_ONE_OF, allowed=tuple(Region))
        return region

    def _language(self) -> str | None:
        """Return the tag of a language, by its name or as printed; None for an empty cell and for one at fault."""
        words = " ".join(self._cell("language").casefold().split())
        tag = LANGUAGES.get(words, words)
        if not tag:
            return None
        if not _TAG.fullmatch(tag):
            self.add_fault("language", IssueCode.LANGUAGE_MALFORMED)
            return None
        first, *others = tag.split("-")
        return "-".join((first, *(part.title() if len(part) == 4 else part.upper() for part in others)))

    def _day(self, column: str) -> date | None:
        """Return a day as printed or as spreadsheets count it; None for an empty cell and for one at fault."""
        words = self._cell(column)
        if not words:
            return None
        try:
            if words.isascii() and words.isdecimal() and len(words) == 5:
                return EPOCH + timedelta(days=int(words))
            return date.fromisoformat(words)
        except ValueError:
            self.add_fault(column, IssueCode.DAY_UNREADABLE)
            return None
