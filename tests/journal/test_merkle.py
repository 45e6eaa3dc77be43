"""The Merkle tree over entries: against the definition of RFC 9162 written out, and proofs that a stranger checks."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.journal.merkle import BLOCK, Tree, hash_leaf, root_of
from tests.factories.verifier import verifier


def digests(size: int) -> list[str]:
    """Return as many digests of entries, all different."""
    return [hashlib.sha256(str(number).encode()).hexdigest() for number in range(size)]


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root as section 2.1.1 of RFC 9162 defines it, without any store."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def tree_of(size: int) -> Tree:
    """Return a tree as the journal loads it: roots of whole blocks, and every leaf."""
    leaves = [hash_leaf(digest) for digest in digests(size)]
    parts = [leaves[start : start + BLOCK] for start in range(0, size, BLOCK)]
    return Tree(size, [naive_root(part) for part in parts if len(part) == BLOCK], dict(enumerate(parts)))


def root_or_fault(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes | None:
    """Return the root that the verifier computes from a path, None if it finds a fault."""
    try:
        return bytes(verifier.root_from_path(index, size, leaf, path))
    except verifier.Fault:
        return None


SIZES = st.integers(1, 3 * BLOCK) | st.sampled_from([1, 2, 255, 256, 257, 511, 512, 513, 1024, 1300])


@given(SIZES)
def test_root_is_that_of_the_definition(size: int) -> None:
    leaves = [hash_leaf(digest) for digest in digests(size)]

    assert tree_of(size).root() == naive_root(leaves) == root_of(leaves)


def test_root_of_an_empty_journal_is_the_hash_of_nothing() -> None:
    assert Tree(0, [], {}).root() == hashlib.sha256(b"").digest()


@given(SIZES, st.data())
def test_inclusion_is_accepted_for_its_leaf_and_for_no_other(size: int, data: st.DataObject) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    tree = tree_of(size)
    leaf, stranger = hash_leaf(digests(size)[index]), hash_leaf("ab" * 32)

    path = tree.prove_inclusion(index)

    assert root_or_fault(index, size, leaf, path) == tree.root()
    assert root_or_fault(index, size, stranger, path) != tree.root()
    assert other == index or root_or_fault(other, size, leaf, path) != tree.root()


@given(SIZES, st.data())
def test_consistency_is_accepted_for_the_tree_before_and_for_no_other(size: int, data: st.DataObject) -> None:
    before = data.draw(st.integers(1, size))
    tree, first = tree_of(size), tree_of(before).root()

    path = tree.prove_consistency(before)

    assert verifier.is_consistent(before, first, size, tree.root(), path)
    assert not verifier.is_consistent(before, hash_leaf("ab" * 32), size, tree.root(), path)
    assert not verifier.is_consistent(before, first, size, hash_leaf("ab" * 32), path)


@given(SIZES, st.data())
def test_one_proof_for_many_leaves_gives_the_root_and_is_used_up(size: int, data: st.DataObject) -> None:
    indexes = sorted(data.draw(st.sets(st.integers(0, size - 1), max_size=20)))
    tree, every = tree_of(size), digests(size)
    leaves = {index: hash_leaf(every[index]) for index in indexes}

    cover = list(tree.prove_together(indexes))

    assert verifier.root_from_cover(size, leaves, cover) == tree.root()
    if indexes:
        changed = leaves | {indexes[0]: hash_leaf("ab" * 32)}
        assert verifier.root_from_cover(size, changed, cover) != tree.root()
    with pytest.raises(verifier.Fault):
        verifier.root_from_cover(size, leaves, [*cover, b"\x00" * 32])


def test_a_proof_needs_only_the_blocks_that_it_goes_into() -> None:
    whole = tree_of(3 * BLOCK + 5)
    sparse = Tree(whole.size, whole._blocks, {1: whole._leaves[1], 3: whole._leaves[3]})

    assert sparse.prove_inclusion(300) == whole.prove_inclusion(300)
    assert sparse.prove_consistency(400) == whole.prove_consistency(400)
    assert sparse.prove_consistency(2 * BLOCK) == whole.prove_consistency(2 * BLOCK)
