"""The drafting history of a provision, as it is printed."""

import pytest

from server.documents.history import Cause, PrintedStage, print_history
from server.vocabulary.texts import ProvisionChange
from server.wording.redline import RunKind

KEEP, INSERT, DELETE = RunKind.KEEP, RunKind.INSERT, RunKind.DELETE


def test_print_history_shows_every_stage_with_its_causes() -> None:
    stages = [
        PrintedStage("Version 1, Draft 1", "3.", ProvisionChange.INSERTED, [(INSERT, "Data should move.")], []),
        PrintedStage(
            "Version 2, Draft 2",
            "4.",
            ProvisionChange.REWORDED,
            [(KEEP, "Data "), (DELETE, "should "), (INSERT, "shall "), (KEEP, "move.")],
            [
                Cause("MODIFY", "UPU", "CMT_1", "DSP_1", "A firm\nrule."),
                Cause("MODIFY", "", "", "DSP_2", ""),
                Cause("MODIFY", "", "", "", ""),
            ],
        ),
        PrintedStage("Version 3, Draft 3", "", ProvisionChange.DELETED, [(DELETE, "Data shall move.")], []),
    ]

    assert print_history("Framework, provision PRV_1", stages, [(DELETE, "Data should move.")]) == (
        "# Framework, provision PRV_1\n"
        "\n"
        "## Version 1, Draft 1\n"
        "\n"
        "Inserted.\n"
        "\n"
        "> 3. Data should move.\n"
        "\n"
        "## Version 2, Draft 2\n"
        "\n"
        "Reworded.\n"
        "\n"
        "> 4. Data ~~should~~ **shall** move.\n"
        "\n"
        "- Modify; UPU CMT_1; decision DSP_1; A firm rule.\n"
        "- Modify; decision DSP_2\n"
        "- Modify\n"
        "\n"
        "## Version 3, Draft 3\n"
        "\n"
        "Deleted.\n"
        "\n"
        "> ~~Data shall move.~~\n"
        "\n"
        "## All changes together\n"
        "\n"
        "> ~~Data should move.~~\n"
    )


@pytest.mark.parametrize(
    ("runs", "printed"),
    [
        ([(KEEP, "a"), (DELETE, " "), (INSERT, "\u00a0"), (KEEP, "b")], "> a\u00a0b"),
        ([(KEEP, "a "), (INSERT, "b\nc ")], "> a **b**\n> **c**"),
        ([(KEEP, "a\n\nb")], "> a\n>\n> b"),
        ([(KEEP, "*a* _b_ c_d ~~e~~ # [f](g) <h> `i` R&D &lt; \\")], None),
        ([(KEEP, "a | b")], "> a | b"),
        ([], ">"),
    ],
)
def test_print_history_keeps_marks_to_words_and_escapes_markdown(
    runs: list[tuple[RunKind, str]], printed: str | None
) -> None:
    escaped = "> \\*a\\* \\_b\\_ c_d \\~\\~e\\~\\~ \\# \\[f\\](g) \\<h\\> \\`i\\` R&D \\&lt; \\\\"
    text = print_history("T", [PrintedStage("V", "", ProvisionChange.REWORDED, runs, [])], [])

    assert text == f"# T\n\n## V\n\nReworded.\n\n{printed or escaped}\n"
