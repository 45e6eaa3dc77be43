"""Memory that a piece of code leaves allocated."""

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
