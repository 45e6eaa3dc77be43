"""How docstrings of functions and names of locals read. What a test cannot count is in CONTRIBUTING.md."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.test_house import MODULES, nodes_of, place

VERBS = {
    *("Accept", "Accredit", "Add", "Answer", "Append", "Apply", "Ask", "Attach", "Authenticate", "Await", "Begin"),
    *("Borrow", "Bring", "Build", "Call", "Carry", "Change", "Check", "Choose", "Claim", "Clear", "Close"),
    *("Compile", "Confirm", "Correct", "Count", "Cut", "Declare", "Decline", "Delete", "Deliver", "Do", "End", "Enter"),
    *("Exchange", "Execute", "File", "Find", "Fold", "Forget", "Format", "Give", "Hold", "Insert", "Issue", "Join"),
    *("Keep", "Leave", "Lend", "Let", "Link", "Load", "Lock", "Log", "Make", "Mark", "Measure", "Merge", "Move"),
    *("Note", "Object", "Offer", "Open", "Pair", "Parse", "Pause", "Perform", "Prepare", "Print", "Propose", "Publish"),
    *("Put", "Raise", "Read", "Recompute", "Record", "Refuse", "Register", "Remove", "Render", "Renew", "Replace"),
    *("Return", "Revoke", "Rewrite", "Run", "Say", "Select", "Send", "Serve", "Set", "Share", "Show", "Sign"),
    *("Group", "Place", "Settle", "Split", "Undo"),
    *("Sort", "Start", "Stop", "Take", "Tell", "Upgrade", "Use", "Wait", "Wake", "Write", "Yield"),
}
"""First words of docstrings of functions. Add a verb in the imperative if none of these says what the function does."""
LONGEST_DOCSTRING = 12
"""In lines, the blank ones included."""
WITHOUT_SENTENCE = "does not end a sentence with its first line"
RIDDLES = ("whoever", "that which")
PARTICIPLES = {"asked", "found", "given", "kept", "made", "said", "shown", "taken", "told"}
"""Names that say what happened to a thing and not what it is."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def described(tree: tuple[ast.AST, ...]) -> Iterator[tuple[Function, str]]:
    """Yield every function of a module that has a docstring, with the docstring. A property is named like its value."""
    for node in tree:
        if not isinstance(node, Function) or any("property" in ast.unparse(each) for each in node.decorator_list):
            continue
        if docstring := ast.get_docstring(node):
            yield node, docstring


def first_word(docstring: str) -> str:
    """Return the word that a docstring begins with."""
    return docstring.split(maxsplit=1)[0].strip(":,.")


def faults_of(docstring: str) -> list[str]:
    """Return every fault of the docstring of a function."""
    lines = docstring.splitlines()
    holds = {
        "begins with no verb of VERBS": first_word(docstring) not in VERBS,
        WITHOUT_SENTENCE: not lines[0].endswith("."),
        "has no blank line after the first": len(lines) > 1 and lines[1] != "",
        "is too long": len(lines) > LONGEST_DOCSTRING,
        "is a riddle": any(riddle in " ".join(docstring.lower().split()) for riddle in RIDDLES),
    }
    return [fault for fault, is_there in holds.items() if is_there]


def participles_in(tree: tuple[ast.AST, ...]) -> set[str]:
    """Return every local of a module that is a bare participle, with its line. A field of a class may be one."""
    inner = [node for function in tree if isinstance(function, Function) for node in ast.walk(function)]
    names = [node for node in inner if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return {f"{node.lineno} {node.id}" for node in names if node.id in PARTICIPLES}


def test_docstrings_of_functions_begin_with_a_verb_and_are_short() -> None:
    read = [(path, node, docstring) for path in MODULES for node, docstring in described(nodes_of(path))]

    faulty = {f"{place(path)}:{node.lineno} {node.name}": faults_of(docstring) for path, node, docstring in read}

    assert len(read) > 1000
    assert {name: faults for name, faults in faulty.items() if faults} == {}


def test_every_verb_begins_a_docstring() -> None:
    begun = {first_word(docstring) for path in MODULES for _, docstring in described(nodes_of(path))}

    assert VERBS - begun == set()


def test_names_say_what_a_thing_is() -> None:
    strays = {place(path): sorted(participles_in(nodes_of(path))) for path in MODULES}

    assert {name: names for name, names in strays.items() if names} == {}


@pytest.mark.parametrize(
    ("docstring", "faults"),
    [
        ("Return the round.", []),
        ("Return the round. Raise Refusal.\n\nIt is locked.", []),
        ("The round.", ["begins with no verb of VERBS"]),
        ("Whether the round is open.", ["begins with no verb of VERBS"]),
        ("Return the round, which is\nlocked.", [WITHOUT_SENTENCE, "has no blank line after the first"]),
        ("Return the round.\n\nWhoever sees it\nsees that\nwhich is in it.", ["is a riddle"]),
        ("Return the round." + "\n" * 11 + "It is locked.", []),
        ("Return the round." + "\n" * 12 + "It is locked.", ["is too long"]),
    ],
)
def test_fault_of_a_docstring_is_noticed(docstring: str, faults: list[str]) -> None:
    assert faults_of(docstring) == faults


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def read(): found = rows", {"1 found"}),
        ("async def read():\n    for told, _ in rows: pass", {"2 told"}),
        ("def read(): return [kept := row for row in rows]", {"1 kept"}),
        ("def read(given): return given.found", set()),
        ("class Viewer:\n    asked: int = 1", set()),
    ],
)
def test_participle_for_a_name_is_noticed(source: str, names: set[str]) -> None:
    assert participles_in(tuple(ast.walk(ast.parse(source)))) == names


def test_properties_and_what_has_no_docstring_are_left_alone() -> None:
    source = """
class Round:
    @property
    def is_open(self):
        "Whether it is open."

    def close(self):
        pass

    async def read(self):
        "The round."
"""

    assert [node.name for node, _ in described(tuple(ast.walk(ast.parse(source))))] == ["read"]
