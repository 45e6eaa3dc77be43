"""Compute the Merkle tree over the digests of entries, and proofs in it (RFC 9162, section 2.1). Pure.

A leaf is the digest of an entry as 32 bytes; hashes are SHA-256. `Tree` is given the roots of whole blocks of 256
entries, and of the entries only those of the blocks that a proof goes into.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

BLOCK = 256
"""Entries under one stored subtree."""


def hash_leaf(digest: str) -> bytes:
    """Return the hash of a leaf: the digest of an entry, 64 hexadecimal characters."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(digest)).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root of the tree over the hashes of leaves, or of subtrees of equal size."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = split_of(len(hashes))
    return hash_node(root_of(hashes[:split]), root_of(hashes[split:]))


class Tree:
    """The tree over the first `size` entries of a journal.

    `blocks` are the roots of its whole blocks. `leaves` are the hashes of the leaves of some blocks, by the place of
    the block: the last one if it is not whole, and every other that a proof goes into.
    """

    def __init__(self, size: int, blocks: Sequence[bytes], leaves: Mapping[int, Sequence[bytes]]) -> None:
        self.size = size
        self._blocks = blocks
        self._leaves = leaves

    def root(self) -> bytes:
        """Return the root."""
        return self.hash_range(0, self.size)

    def prove_inclusion(self, index: int) -> list[bytes]:
        """Return the audit path of the leaf at `index`, from 0: the hashes beside its way to the root, lowest first."""
        path: list[bytes] = []
        start, end = 0, self.size
        while end - start > 1:
            middle = start + split_of(end - start)
            if index < middle:
                path.append(self.hash_range(middle, end))
                end = middle
            else:
                path.append(self.hash_range(start, middle))
                start = middle
        return path[::-1]

    def prove_consistency(self, size: int) -> list[bytes]:
        """Return the proof that the tree over the first `size` entries is the beginning of this one."""
        path: list[bytes] = []
        start, end, is_whole = 0, self.size, True
        while size != end:
            middle = start + split_of(end - start)
            if size <= middle:
                path.append(self.hash_range(middle, end))
                end = middle
            else:
                path.append(self.hash_range(start, middle))
                start, is_whole = middle, False
        return [*([] if is_whole else [self.hash_range(start, end)]), *path[::-1]]

    def prove_together(self, indexes: Sequence[int]) -> Iterator[bytes]:
        """Yield what the root is computed from besides the leaves at `indexes`: subtrees without any, left to right.

        The indexes count from 0 and are in order, each once.
        """
        yield from self._cover(indexes, 0, self.size)

    def _cover(self, indexes: Sequence[int], start: int, end: int) -> Iterator[bytes]:
        if bisect_left(indexes, start) == bisect_left(indexes, end):
            yield self.hash_range(start, end)
        elif end - start > 1:
            middle = start + split_of(end - start)
            yield from self._cover(indexes, start, middle)
            yield from self._cover(indexes, middle, end)

    def hash_range(self, start: int, end: int) -> bytes:
        """Return the hash of the subtree over the leaves from `start` until `end`."""
        first = start // BLOCK
        if end - start < BLOCK:
            return root_of(self._leaves[first][start - first * BLOCK : end - first * BLOCK]) if end else root_of(())
        whole = end // BLOCK
        blocks = self._blocks[first:whole]
        if end == whole * BLOCK:
            return root_of(blocks)
        middle = start + split_of(end - start)
        return hash_node(self.hash_range(start, middle), self.hash_range(middle, end))


def split_of(size: int) -> int:
    """Return the greatest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
