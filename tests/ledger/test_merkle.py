"""The tree against the published vectors of RFC 6962 and of transparency-dev/merkle."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger import merkle

VECTORS = Path(__file__).parent / "vectors"
TREE: dict[str, Any] = json.loads((VECTORS / "rfc6962-reference-tree.json").read_text())
LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


def vectors(name: str) -> list[Any]:
    """Return the cases of a file, each named."""
    cases = json.loads((VECTORS / name).read_text())["vectors"]
    assert {case["wantErr"] for case in cases} == {False, True}
    return [pytest.param(case, id=case["case"]) for case in cases]


def decoded(value: str) -> bytes:
    """Return the bytes of a hash of the vectors."""
    return base64.b64decode(value, validate=True)


def subtree_of(leaves: list[bytes]) -> merkle.Subtree:
    """Return the complete subtrees over leaves; any other range is refused."""

    def subtree(first: int, end: int) -> bytes:
        count = end - first
        assert count.bit_count() == 1
        assert first % count == 0
        assert end <= len(leaves)
        return merkle.root(leaves[first:end])

    return subtree


def test_reference_roots() -> None:
    """Each published root, for each size."""
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in TREE["leaf_inputs_hex"]]
    roots = TREE["root_hash_hex_by_tree_size"]
    assert len(roots) == len(leaves) + 1
    assert [merkle.root(leaves[:size]).hex() for size in range(len(roots))] == roots


def test_reference_nodes() -> None:
    """Each published hash of a level is that of its complete subtree."""
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in TREE["leaf_inputs_hex"]]
    for level, row in enumerate(TREE["node_hashes_hex_by_level"]):
        width = 1 << level
        found = [
            merkle.range_root(first, first + width, subtree_of(leaves)).hex()
            for first in range(0, len(leaves) - width + 1, width)
        ]
        assert found == row


@pytest.mark.parametrize("case", vectors("merkle-inclusion.json"))
def test_published_inclusion(case: dict[str, Any]) -> None:
    """Good proofs lead to their root, broken ones to another or to none."""
    proof = [decoded(node) for node in case["proof"] or []]
    found = merkle.root_from_inclusion(
        decoded(case["leafHash"]), case["leafIdx"], case["treeSize"], proof
    )
    assert (found == decoded(case["root"])) is not case["wantErr"]


@pytest.mark.parametrize("case", vectors("merkle-consistency.json"))
def test_published_consistency(case: dict[str, Any]) -> None:
    """Good proofs hold, broken ones do not."""
    proof = [decoded(node) for node in case["proof"] or []]
    first, second = decoded(case["root1"]), decoded(case["root2"])
    holds = merkle.is_consistent(case["size1"], case["size2"], first, second, proof)
    assert holds is not case["wantErr"]


@given(LEAVES, st.data())
def test_every_proof_leads_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    """Inclusion, and no other leaf's place."""
    index = data.draw(st.integers(0, len(leaves) - 1))
    size = len(leaves)
    proof = merkle.inclusion_proof(index, size, subtree_of(leaves))
    root = merkle.root(leaves)
    assert merkle.root_from_inclusion(leaves[index], index, size, proof) == root
    other = bytes(32 * [7])
    if other != leaves[index]:
        assert merkle.root_from_inclusion(other, index, size, proof) != root
    assert merkle.root_from_inclusion(leaves[index], size, size, proof) is None
    assert merkle.root_from_inclusion(leaves[index], index, size, [*proof, other]) != root


@given(LEAVES, st.data())
def test_a_tree_begins_with_each_earlier_one(leaves: list[bytes], data: st.DataObject) -> None:
    """Consistency, and with no other tree of that size."""
    size = len(leaves)
    earlier = data.draw(st.integers(1, size))
    proof = merkle.consistency_proof(earlier, size, subtree_of(leaves))
    first, root = merkle.root(leaves[:earlier]), merkle.root(leaves)
    assert merkle.is_consistent(earlier, size, first, root, proof)
    other = bytes(32 * [7])
    assert not merkle.is_consistent(earlier, size, other, root, proof)
    assert not merkle.is_consistent(earlier, size, first, other, proof)
    assert not merkle.is_consistent(earlier, size, first, root, [*proof, other])
    assert not merkle.is_consistent(0, size, merkle.EMPTY_ROOT, root, proof)
    for place in range(len(proof)):
        altered = [*proof[:place], other, *proof[place + 1 :]]
        assert not merkle.is_consistent(earlier, size, first, root, altered)


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3)])
def test_what_is_not_there_is_not_proved(index: int, size: int) -> None:
    """A leaf beyond the tree, and a later tree within an earlier one."""
    with pytest.raises(IndexError):
        merkle.inclusion_proof(index, size, subtree_of([]))
    with pytest.raises(IndexError):
        merkle.consistency_proof(size + 1, size, subtree_of([]))


@given(LEAVES)
def test_a_stored_frontier_goes_on(leaves: list[bytes]) -> None:
    """A tree taken up again from its subtrees grows to the same root."""
    half = len(leaves) // 2
    first = merkle.Frontier()
    for leaf in leaves[:half]:
        first.append(leaf)
    second = merkle.Frontier(first.size, list(first.nodes))
    for leaf in leaves[half:]:
        second.append(leaf)
    assert second.root() == merkle.root(leaves)


def test_a_frontier_must_fit_its_size() -> None:
    """Three leaves have two complete subtrees."""
    with pytest.raises(ValueError, match="2 complete subtrees"):
        merkle.Frontier(3, [b""])
