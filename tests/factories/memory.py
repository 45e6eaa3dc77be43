"""Memory that a piece of code leaves allocated, and the most that it takes meanwhile."""

import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def allocated() -> Iterator[list[int]]:
    """Give the bytes that the block allocated and that are still there at its end."""
    sizes: list[int] = []
    gc.collect()
    tracemalloc.start()
    try:
        yield sizes
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()


@contextmanager
def at_most() -> Iterator[list[int]]:
    """Give the most bytes that the block had allocated at once."""
    sizes: list[int] = []
    gc.collect()
    tracemalloc.start()
    try:
        yield sizes
        sizes.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
