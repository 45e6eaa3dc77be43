"""The redline of a provision: what became of it, its runs and their sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.consolidation.rules.checking import Compared
from server.domain.consolidation.rules.redlining import build_redline, change_of
from server.vocabulary.texts import ProvisionChange
from server.wording.hunks import Hunk, hunks_between
from server.wording.redline import Run, RunKind
from tests.wording.strategies import quick, texts

WORDS = {"one": "Customs should exchange advance data."}
SHALL = "Customs shall exchange advance data."


@pytest.mark.parametrize(
    ("base", "target", "change"),
    [
        (None, "New.", ProvisionChange.INSERTED),
        ("Old.", None, ProvisionChange.DELETED),
        ("Old.", "Old.", ProvisionChange.UNCHANGED),
        ("Old.", "New.", ProvisionChange.REWORDED),
        ("", "New.", ProvisionChange.REWORDED),
    ],
)
def test_change_of_a_provision_compares_its_words(
    base: str | None, target: str | None, change: ProvisionChange
) -> None:
    assert change_of(Compared("one", base, target, ())) == change


def test_redlined_provision_names_who_is_behind_each_run() -> None:
    hunk = Hunk(8, 14, "shall")

    shown = build_redline(Compared("one", WORDS["one"], SHALL, (hunk,)), {hunk: ("a", "b")})

    assert (shown.key, shown.change, shown.before, shown.after) == (
        "one",
        ProvisionChange.REWORDED,
        WORDS["one"],
        SHALL,
    )
    assert shown.sentences == ("replace “should” by “shall”",)
    assert shown.runs == (
        Run(RunKind.KEEP, "Customs ", ()),
        Run(RunKind.DELETE, "should", ("a", "b")),
        Run(RunKind.INSERT, "shall", ("a", "b")),
        Run(RunKind.KEEP, " exchange advance data.", ()),
    )


@quick
@given(st.none() | texts, st.none() | texts, st.booleans())
def test_redlined_runs_join_back_to_the_words_before_and_after(
    base: str | None, target: str | None, recorded: bool
) -> None:
    applied = hunks_between(base or "", target or "") if recorded else ()

    shown = build_redline(Compared("one", base, target, applied), dict.fromkeys(applied, ("a",)))

    assert "".join(run.text for run in shown.runs if run.kind != RunKind.INSERT) == (base or "")
    assert "".join(run.text for run in shown.runs if run.kind != RunKind.DELETE) == (target or "")
    assert {run.sources for run in shown.runs if run.kind != RunKind.KEEP} <= {("a",) if recorded else ()}
    assert (shown.before, shown.after) == (base, target)
