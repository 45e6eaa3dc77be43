# ruff: noqa: RUF001
"""Our comparison of texts beside difflib and diff-match-patch: `python -m tests.bench.wording` measures this alone.

diff-match-patch is no dependency: it is measured where it is installed. The texts are the provisions of the papers if
they are beside the checkout, else those of the demonstration, with simulated edits of which it is known what was kept.
"""

import importlib
import importlib.util
import random
import time
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from server.documents.markdown import read_document
from server.wording.anchors import Anchor, AnchorState, carry
from server.wording.hunks import hunks_between
from server.wording.merge import Change, merge
from server.wording.redline import Attributed, join_for_reading
from server.wording.tokens import pieces, tokens

HERE = Path(__file__)
PAPERS = HERE.parents[3] / "shared" / "source-documents"
DEMONSTRATION = HERE.parents[2] / "server" / "tools" / "demonstration"
MOST, SHORTEST, QUOTED = 400, 12, 3
Comparison = Callable[[str, str], int]


class Edited(NamedTuple):
    """A provision before and after; `kept` maps offsets of words that were kept to their new offsets."""

    old: str
    new: str
    kept: dict[int, int]


def provisions() -> list[str]:
    """Return the provisions of at least twelve words."""
    paths = sorted(PAPERS.glob("*.txt")) or sorted(DEMONSTRATION.glob("*.md"))
    units = [unit.text for path in paths for unit in read_document(path.read_text(encoding="utf-8")).units]
    return [text for text in units if len(text.split()) >= SHORTEST][:MOST]


def edited(text: str, words: Sequence[str], rng: random.Random) -> Edited:
    """Replace 8 % of the words, delete 4 %, and insert a word before 4 %."""
    position = length = 0
    parts: list[str] = []
    kept: dict[int, int] = {}
    for piece in pieces(text):
        fate = rng.random() if piece.strip() else 1.0
        added = rng.choice(words) if fate < 0.08 else "" if fate < 0.12 else piece
        if 0.12 <= fate < 0.16:
            parts.append(rng.choice(words) + " ")
            length += len(parts[-1])
        if fate >= 0.12:
            kept[position] = length
        parts.append(added)
        position, length = position + len(piece), length + len(added)
    return Edited(text, "".join(parts), kept)


def by_difflib(old: str, new: str) -> int:
    """Count the changes that difflib finds between the same tokens."""
    matcher = SequenceMatcher(None, tokens(old), tokens(new), autojunk=False)
    return sum(step[0] != "equal" for step in matcher.get_opcodes())


def by_pieces(old: str, new: str) -> int:
    """Count the changes that rapidfuzz finds when white space counts as a word."""
    numbers: dict[str, int] = {}
    left, right = ([numbers.setdefault(piece, len(numbers)) for piece in pieces(text)] for text in (old, new))
    steps = [step.tag != "equal" for step in Levenshtein.opcodes(left, right)]
    return sum(changed and not before for before, changed in pairwise([False, *steps]))


def by_matching(tool: Any) -> Comparison:
    """Compare as diff-match-patch does when a character stands for a token, with its semantic clean-up."""

    def compare(old: str, new: str) -> int:
        numbers: dict[str, int] = {}
        cut = [[numbers.setdefault(token, len(numbers) + 0x100) for token in tokens(text)] for text in (old, new)]
        left, right = ("".join(map(chr, side)) for side in cut)
        found = tool.diff_main(left, right, False)
        tool.diff_cleanupSemantic(found)
        steps = [kind != 0 for kind, _ in found]
        return sum(changed and not before for before, changed in pairwise([False, *steps]))

    return compare


REWRITTEN = (
    (
        "海关应当在五个工作日内检查所有低价值货物并通知申报人。",
        "海关可以在三日内抽查低价值邮件，并将结果书面通知收件人。",
    ),
    ("各成员应建立电子商务统计制度，并定期向秘书处报告。", "各成员可自愿建立数据收集机制，每年向秘书处提交报告。"),
    ("平台应向海关提供预先电子数据，以便进行风险管理。", "平台运营商应当及时提供准确的电子数据，用于风险评估。"),
    ("成员不得拒绝接受退货。", "成员可以接受退回的货物，但须符合国内法律规定。"),
    ("本标准适用于所有跨境电子商务交易。", "本标准仅适用于企业对消费者的跨境电子商务交易。"),
    ("税费应当在进口时由收货人缴纳，不得延期。", "关税和其他费用可以在放行后由平台代收并按月缴纳。"),
    ("海关行政部门应与邮政经营人交换数据。", "海关应当与邮政部门和快递公司及时交换预报数据。"),
    ("申报人应保存记录五年。", "申报人应当保存相关记录至少七年，并应海关要求提供。"),
    ("低于一千元的货物免征关税。", "价值低于两千元的包裹免征关税和增值税。"),
)
"""Sentences in a script without spaces, and how somebody rewrote them."""


def read_by_a_person(pairs: Sequence[tuple[str, str]], tool: Any) -> None:
    """Print how many fragments a change is shown in, and how many characters are struck or added.

    diff-match-patch compares characters here, with its semantic clean-up.
    """
    hunks = [hunks_between(old, new) for old, new in pairs]
    shown = [
        join_for_reading(old, [Attributed(hunk, ()) for hunk in made])
        for (old, _), made in zip(pairs, hunks, strict=True)
    ]
    sizes = {
        "hunks": [[hunk.end - hunk.start + len(hunk.replacement) for hunk in made] for made in hunks],
        "as shown": [
            [change.hunk.end - change.hunk.start + len(change.hunk.replacement) for change in made] for made in shown
        ],
    }
    if tool:
        sizes["diff-match-patch"] = [fragments_of(tool, old, new) for old, new in pairs]
    for name, changes in sizes.items():
        fragments = sum(map(len, changes)) / len(pairs)
        print(f"  {name:<17}{fragments:6.2f} fragments, {sum(map(sum, changes)) / len(pairs):7.1f} characters a change")


def fragments_of(tool: Any, old: str, new: str) -> list[int]:
    """Return the characters of each fragment that diff-match-patch shows."""
    found = tool.diff_main(old, new, False)
    tool.diff_cleanupSemantic(found)
    sizes: list[int] = []
    was_kept = True
    for kind, words in found:
        if kind:
            sizes[len(sizes) if was_kept else -1 :] = [len(words) + (0 if was_kept else sizes[-1])]
        was_kept = not kind
    return sizes


def timed(name: str, compare: Comparison, pairs: Sequence[tuple[str, str]]) -> None:
    """Print milliseconds and changes for all pairs together."""
    started = time.perf_counter()
    changes = sum(compare(old, new) for old, new in pairs)
    print(f"  {name:<17}{(time.perf_counter() - started) * 1000:9.1f} ms {changes:6} changes")


def quotations(texts: Sequence[Edited], rng: random.Random) -> list[tuple[Edited, int, int]]:
    """Choose three words in each provision that were kept side by side: where they begin and end."""
    chosen = []
    for text in texts:
        starts, offset = [], 0
        for piece in pieces(text.old):
            starts.append((offset, offset + len(piece)))
            offset += len(piece)
        runs = [starts[first : first + 2 * QUOTED - 1] for first in range(len(starts) - 2 * QUOTED + 2)]
        whole = [
            run
            for run in runs
            if text.old[run[0][0] : run[0][1]].strip()
            and len({text.kept[start] - start for start, _ in run if start in text.kept}) == 1
            and all(start in text.kept for start, _ in run)
        ]
        if whole:
            run = rng.choice(whole)
            chosen.append((text, run[0][0], run[-1][1]))
    return chosen


def carried(quoted: Sequence[tuple[Edited, int, int]], tool: Any) -> None:
    """Print what becomes of quoted words that were kept, and of words that were struck."""
    places: dict[str, list[int]] = {"kept": [], "struck": []}
    certain = dict.fromkeys(places, 0)
    matched = dict.fromkeys(places, 0)
    for text, start, end in quoted:
        right = text.kept[start]
        without = text.new[:right] + text.new[right + end - start :].lstrip()
        for what, new in (("kept", text.new), ("struck", without)):
            found = carry(Anchor(start, end), text.old, new)
            if found.anchor and (what == "struck" or found.anchor.start != right):
                places[what].append(found.anchor.start)
                certain[what] += found.state is AnchorState.EXACT
            if tool:
                place = tool.match_main(new, text.old[start:end][:32], start)
                matched[what] += place >= 0 and (what == "struck" or place != right)
    print(f"{len(quoted)} quotations of {QUOTED} words, kept and then struck:")
    for what, wrong in places.items():
        other = f"; diff-match-patch {matched[what]}" if tool else ""
        print(f"  {what}: ours {len(wrong)} in a wrong place, {certain[what]} of them as exact{other}")


def competing(texts: Sequence[str], words: Sequence[str], rng: random.Random, tool: Any) -> None:
    """Print how often two sources that replace the same word differently are told so."""
    told = silent = 0
    for text in texts:
        cut = pieces(text)
        place = rng.choice([index for index, piece in enumerate(cut) if piece.strip()])
        first, second = ("".join([*cut[:place], word, *cut[place + 1 :]]) for word in rng.sample(words, 2))
        changes = [Change("a", hunks_between(text, first)), Change("b", hunks_between(text, second))]
        told += bool(merge(text, changes).conflicts)
        if tool:
            _, results = tool.patch_apply(tool.patch_make(text, first), second)
            silent += all(results)
    print(f"{len(texts)} pairs that replace one word differently: {told} told as conflicts")
    if tool:
        print(f"  diff-match-patch: {silent} applied without a word")


def main() -> None:
    """Measure everything."""
    rng, texts = random.Random(7), provisions()
    words = sorted({word for text in texts for word in text.split() if word.isalpha()})
    changed = [edited(text, words, rng) for text in texts]
    known = importlib.util.find_spec("diff_match_patch")
    tool = importlib.import_module("diff_match_patch").diff_match_patch() if known else None
    ways: dict[str, Comparison] = {
        "ours": lambda old, new: len(hunks_between(old, new)),
        "difflib": by_difflib,
        "spaces as words": by_pieces,
    }
    if tool is None:
        print("diff-match-patch is not installed here, and left out")
    else:
        tool.Diff_Timeout = 0
        ways["diff-match-patch"] = by_matching(tool)
    pairs = [(text.old, text.new) for text in changed]
    whole = (" ".join(text.old for text in changed), " ".join(text.new for text in changed))
    hostile = " ".join(rng.choices(["shall", "should"], k=2_000)), " ".join(rng.choices(["shall", "should"], k=2_000))
    samples = {"provisions": pairs, "text of all of them": [whole], "text of 2,000 times two words": [hostile]}
    for name, sample in samples.items():
        print(f"{len(sample)} {name}, {sum(len(old) for old, _ in sample):,} characters")
        for way, compare in ways.items():
            timed(way, compare, sample)
    for name, sample in {"provisions": pairs, "sentences without spaces": list(REWRITTEN)}.items():
        print(f"{len(sample)} {name}, as a person reads them")
        read_by_a_person(sample, tool)
    carried(quotations(changed, rng), tool)
    competing(texts, words, rng, tool)


if __name__ == "__main__":
    main()
