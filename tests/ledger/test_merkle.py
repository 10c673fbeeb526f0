"""The tree against the published vectors of RFC 6962."""

from __future__ import annotations

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


def test_reference_roots() -> None:
    """Each published root, for each size."""
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in TREE["leaf_inputs_hex"]]
    roots = TREE["root_hash_hex_by_tree_size"]
    assert len(roots) == len(leaves) + 1
    assert [merkle.root(leaves[:size]).hex() for size in range(len(roots))] == roots


@given(LEAVES, st.data())
def test_every_proof_leads_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    """Inclusion, and no other leaf's place."""
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = merkle.inclusion_proof(leaves, index)
    size = len(leaves)
    root = merkle.root(leaves)
    assert merkle.root_from_inclusion(leaves[index], index, size, proof) == root
    other = bytes(32 * [7])
    if other != leaves[index]:
        assert merkle.root_from_inclusion(other, index, size, proof) != root
    assert merkle.root_from_inclusion(leaves[index], size, size, proof) is None
    assert merkle.root_from_inclusion(leaves[index], index, size, [*proof, other]) != root


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
