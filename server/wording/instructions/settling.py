"""Settle changes into edits that can stand together; what contradicts another instruction is asked."""

from collections.abc import Sequence

from server.wording.hunks import apply_hunks, hunks_between
from server.wording.instructions.changes import Changes, WordChange
from server.wording.instructions.edits import Deletion, Edit, Insertion, Move, QuestionCode, Unclear, WordsEdit
from server.wording.instructions.spots import CELL_BREAK, ROW, AmendedText


def settle(changes: Changes) -> tuple[tuple[Edit, ...], list[Unclear]]:
    """Return the edits in their order, all changes of the words of a provision as one, and what has to be asked.

    What is deleted or moved twice in the same way is one edit. A deletion stands; what else is asked for inside it does
    not, and neither does one of two moves of a provision.
    """
    edits: dict[Edit, None] = {}
    unsettled: list[Unclear] = []
    contradictions = _Contradictions(changes)
    for each in changes.in_order():
        try:
            if isinstance(each, list):
                edits[_change_words(each, changes.text, contradictions)] = None
            elif contradictions.is_covered(each):
                continue
            else:
                contradictions.check(each, is_repeated=each in edits)
                edits[each] = None
        except Unclear as unclear:
            unsettled.append(unclear)
    return tuple(edits), unsettled


class _Contradictions:
    """What instructions for whole provisions rule out for one another."""

    def __init__(self, changes: Changes) -> None:
        self.text = changes.text
        self.deletions: dict[int, set[int]] = {}
        self.goals: dict[int, set[int]] = {}
        for edit in dict.fromkeys(changes.log):
            if isinstance(edit, Deletion):
                for at in self.text.inside(edit.at):
                    self.deletions.setdefault(at, set()).add(edit.at)
            elif isinstance(edit, Move):
                self.goals.setdefault(edit.at, set()).add(edit.after)

    def is_covered(self, edit: Edit) -> bool:
        """Return whether an edit deletes what is deleted along with a provision around it."""
        return isinstance(edit, Deletion) and len(self.deletions[edit.at]) > 1

    def check(self, edit: Edit, *, is_repeated: bool) -> None:
        """Raise `Unclear` for what is put into or moved out of a deletion, for two moves, for a repeated insertion."""
        if isinstance(edit, Insertion):
            is_lost = edit.after is not None and self._is_lost(edit.after)
            if is_repeated or is_lost:
                raise Unclear(QuestionCode.CHANGES_OVERLAP, edit.wording)
        elif isinstance(edit, Move):
            is_lost = edit.at in self.deletions or self._is_lost(edit.after)
            if is_lost or len(self.goals[edit.at]) > 1:
                raise Unclear(QuestionCode.CHANGES_OVERLAP, self.text.units[edit.at].text)

    def _is_lost(self, after: int) -> bool:
        """Return whether what stands after a provision is deleted as well; after a deleted leaf nothing is."""
        deletions = self.deletions.get(after, set())
        is_leaf = len(self.text.inside(after)) == 1 and not self.text.is_heading(after)
        return bool(deletions - {after} if is_leaf else deletions)


def _change_words(changes: Sequence[WordChange], text: AmendedText, contradictions: _Contradictions) -> WordsEdit:
    """Return the changes of the words of a provision as one edit. Raise `Unclear` where they do not stand together."""
    at = changes[0].at
    before = text.units[at].text
    hunks = [change.hunk for change in changes]
    if at in contradictions.deletions:
        raise Unclear(QuestionCode.CHANGES_OVERLAP, before)
    try:
        after = apply_hunks(before, hunks)
    except ValueError:
        raise Unclear(QuestionCode.CHANGES_OVERLAP, before) from None
    if after == before:
        raise Unclear(QuestionCode.NOTHING_CHANGES, before)
    is_whole = len(hunks) == 1 and hunks[0][:2] == (0, len(before))
    if text.units[at].kind == ROW and not is_whole and before.count(CELL_BREAK) != after.count(CELL_BREAK):
        raise Unclear(QuestionCode.PLACE_AMBIGUOUS, before)  # the cells after it would move
    return WordsEdit(at, hunks_between(before, after))
