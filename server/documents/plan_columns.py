"""Find the columns of the tables of a work plan by their headings, in any order, in English and French."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from server.wording.folding import fold_name

NUMBER, TOPIC, ACTIVITY = "No.", "Topic", "Activity"
PLAN = (NUMBER, TOPIC, ACTIVITY, "Responsible", "Timeline", "Remarks")
CHART = (NUMBER, "Item of Work", "Volunteers")
MILESTONES = (NUMBER, "Milestone", "Timeline", "Approved by")
_OPTIONAL = frozenset({NUMBER, "Remarks", "Approved by"})
_NUMBERS = ("no", "n°", "nº", "nr", "num", "number", "numéro", "#", "", "item no", "item")
_HEADINGS = {
    NUMBER: _NUMBERS,
    TOPIC: (
        *("topic", "topics", "subject", "subjects", "theme", "work item", "item of work", "area of work"),
        *("sujet", "sujets", "thème", "thèmes", "point de travail", "item", "point"),
    ),
    ACTIVITY: (
        *("activity", "activities", "action", "actions", "task", "tasks", "step", "steps"),
        *("activité", "activités", "tâche", "tâches", "étape", "étapes"),
    ),
    "Responsible": (
        *("responsible", "responsibles", "responsibility", "responsible party", "responsible parties", "who", "lead"),
        *("responsable", "responsables", "responsabilité", "qui"),
    ),
    "Timeline": (
        *("timeline", "timelines", "time line", "timeframe", "time frame", "timing", "period", "date", "dates", "when"),
        *("deadline", "due", "due date", "calendrier", "échéance", "échéances", "délai", "délais", "période", "quand"),
    ),
    "Remarks": (
        *("remarks", "remark", "comments", "comment", "notes", "note", "status"),
        *("remarques", "remarque", "commentaires", "commentaire", "observations", "observation"),
    ),
    "Item of Work": (
        *("item of work", "items of work", "work item", "topic", "subject", "group"),
        *("point de travail", "sujet", "thème", "groupe", "item", "point"),
    ),
    "Milestone": ("milestone", "milestones", "jalon", "jalons"),
    "Approved by": ("approved by", "approver", "approval", "approuvé par", "approbation"),
    "Volunteers": ("volunteers", "volunteer", "volontaires", "coordinators and volunteers"),
}
"""The headings of each column, folded, the ones that say most first; a heading is taken once."""
_TRAILING = re.compile(r"[\s:.*]+$")


class HeadedColumn(NamedTuple):
    """A heading as printed, and the column of the plan or chart for which it was taken, "" for none."""

    heading: str
    column: str


class Heads(NamedTuple):
    """The row with the headings of a table: the columns that it has to have, and the place of each, None without."""

    columns: tuple[str, ...]
    places: tuple[int | None, ...]
    headings: tuple[str, ...]

    @property
    def taken(self) -> tuple[HeadedColumn, ...]:
        """Return what each heading was taken for."""
        names = {place: column for column, place in zip(self.columns, self.places, strict=True)}
        return tuple(HeadedColumn(heading, names.get(place, "")) for place, heading in enumerate(self.headings))

    def pick(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Return the cells of a row in the order of the columns, "" for a column that the table does not have."""
        return tuple("" if place is None else cells[place] for place in self.places)


def find_heads(cells: Sequence[str]) -> Heads | None:
    """Return the headings of a plan, of a chart or of milestones, None for another row."""
    for columns in (PLAN, CHART, MILESTONES):
        heads = Heads(columns, _place(cells, columns), tuple(cells))
        if not lacking(heads):
            return heads
    return None


def lacking(heads: Heads) -> list[str]:
    """Return the columns that a table would need besides those it has."""
    columns = zip(heads.columns, heads.places, strict=True)
    return [column for column, place in columns if place is None and column not in _OPTIONAL]


def find_nearly(cells: Sequence[str]) -> Heads | None:
    """Return the headings of a row that has half of the columns of a plan or more, None for another row."""
    heads = Heads(PLAN, _place(cells, PLAN), tuple(cells))
    return heads if len(lacking(heads)) <= 2 else None


def _place(cells: Sequence[str], columns: tuple[str, ...]) -> tuple[int | None, ...]:
    """Return the place of each column among headings. The number comes last: "Item" may be the topic."""
    headings = [_fold(cell) for cell in cells]
    places: dict[str, int | None] = {}
    for column in (*columns[1:], NUMBER):
        known = (place for word in _HEADINGS[column] for place in _places_of(word, headings))
        places[column] = next((place for place in known if place not in places.values()), None)
    return tuple(places[column] for column in columns)


def _places_of(word: str, headings: list[str]) -> list[int]:
    """Return the places at which a heading stands; a blank one counts in the first column only."""
    return [place for place, heading in enumerate(headings) if heading == word and (word or not place)]


def _fold(heading: str) -> str:
    """Return a heading without case, and without what is printed behind it."""
    return _TRAILING.sub("", fold_name(heading))
