"""Short labels of everything that a frontend shows by name, in English and in French.

English follows from the names themselves. French is written by hand in `french.json`, in the words of the papers of the
World Customs Organization.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graphql import GraphQLEnumType, GraphQLSchema

from server.domain.rights.rules.areas import POLICIES
from server.kernel.acts import Act
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import WORDS
from server.kernel.reasons import REASONS, ReasonCode
from server.kernel.refusals import graphql_name
from server.vocabulary.tasks import WHY, TaskReason

Labels = dict[str, dict[str, str]]
ACTS = "acts"
ENGLISH: Mapping[str, str] = {
    "CO_CHAIR": "Co-chair",
    "OCR_NOISE": "Noise of scanning",
    "YES_NO": "Yes or no",
    "confirmCoSponsorship": "Confirm co-sponsorship",
    "redateActivity": "Change the dates of an activity",
}
"""Labels that do not follow from the name."""
COGNATES = frozenset({"Ad hoc", "Article", "Code", "Date", "Question", "Rapporteur", "Section"})
"""Labels that are the same in both languages."""


def list_acts() -> list[str]:
    """Return the name of every act, those of commands and pages included, as the API spells it."""
    acts = {each.name for policy in POLICIES.values() for each in vars(policy).values() if isinstance(each, Act)}
    return sorted(graphql_name(name) for name in acts)


def build_english(schema: GraphQLSchema) -> Labels:
    """Return the English labels: by enumeration and value, and of the acts under `acts`."""
    labels = {
        type_.name: {value: _say(value) for value in sorted(type_.values)}
        for type_ in sorted(schema.type_map.values(), key=lambda each: each.name)
        if isinstance(type_, GraphQLEnumType) and not type_.name.startswith("__")
    }
    issues = {code.name: words.replace("!r}", "}") for code, words in sorted(WORDS.items())}
    sentences = {
        each.__name__: {code.name: words.removesuffix(".") for code, words in sorted(table.items())}
        for each, table in ((ReasonCode, REASONS), (TaskReason, WHY))
    }
    acts = {act: _say(act) for act in list_acts()}
    return {**labels, IssueCode.__name__: issues, **sentences, ACTS: acts}


def _say(name: str) -> str:
    """Return a name in words: SUB_ITEM and subItem are "Sub item", NAME_ASC is "Name, ascending"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace("_", " ").lower()
    words = re.sub(r" asc$", ", ascending", re.sub(r" desc$", ", descending", words))
    return ENGLISH.get(name) or words[0].upper() + words[1:]


@cache
def read_french() -> Labels:
    """Return the French labels as they are written by hand."""
    return dict(json.loads(Path(__file__).with_name("french.json").read_text(encoding="utf-8")))


def build_french(schema: GraphQLSchema) -> Labels:
    """Return the French labels in the form and order of the English ones.

    An enumeration of acts takes their labels from the acts. Raise ValueError with the names that have no label.
    """
    french = read_french()
    labels: Labels = {}
    missing = []
    for group, values in build_english(schema).items():
        labels[group] = {}
        for value in values:
            label = french.get(group, {}).get(value) or french[ACTS].get(graphql_name(value.lower()))
            if label is None:
                missing.append(f"{group}.{value}")
            else:
                labels[group][value] = label
    if missing:
        raise ValueError(f"write in server/tools/contracts/french.json: {', '.join(missing)}")
    return labels
