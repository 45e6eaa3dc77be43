"""Generated texts: few words, so that they repeat, in the scripts and with the characters that break naive code."""

from hypothesis import settings
from hypothesis import strategies as st

from server.wording.hunks import Hunk

# The same examples in every run, so that a run that failed can be repeated.
quick = settings(max_examples=60, deadline=None, derandomize=True)

_WORDS = [
    "shall", "should", "Customs", "the", "EUR 1,000", "5 %", "Article 5", "(a)", "15 May 2018",
    "1000\u5143", "www.a.org/b-c", "1 000", "l'article", "l\u2019\u00e9change", "e-commerce", "3.2", "e\u0301te\u0301",
    "\u0627\u0644\u062c\u0645\u0627\u0631\u0643", "\u0643\u064e\u062a\u064e\u0628", "\u6d77\u5173", "\u5173",
    "\U0001f4e6", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd", "\u0e28\u0e38\u0e25",
]  # fmt: skip
_GLUE = [" ", " ", " ", " ", "", ", ", ". ", "\u00a0", "\u202f; ", "\n", "  ", "\u00a0: ", "-", "'"]

_wordy = st.lists(st.tuples(st.sampled_from(_GLUE), st.sampled_from(_WORDS)), max_size=9).map(
    lambda pairs: "".join(glue + word for glue, word in pairs)
)
texts = st.one_of(_wordy, _wordy, st.text(max_size=12), st.builds(lambda text: text + " ", _wordy))


@st.composite
def hunk_lists(draw: st.DrawFn, length: int) -> tuple[Hunk, ...]:
    """Draw hunks of one source on a text of `length` code points: sorted, possibly touching, never overlapping."""
    found: list[Hunk] = []
    position = 0
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(position, length))
        end = draw(st.integers(start, min(length, start + 4)))
        if found and (start, end) == found[-1][:2]:
            continue
        found.append(Hunk(start, end, draw(st.sampled_from(["", "x", "y"]))))
        position = end
    return tuple(found)
