"""The Merkle tree of RFC 6962, section 2.1: hashes, roots, proofs. No models, no settings."""

import hashlib
from collections.abc import Callable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
HASH_BYTES = 32

Subtree = Callable[[int, int], bytes]
"""Answers the root over the leaves from a first one up to, without, a last one, where these are a
complete subtree: a power of two many, beginning at a multiple of that number."""


def leaf_hash(data: bytes) -> bytes:
    """Hash a leaf: SHA-256 of 0x00 and the data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash an inner node: SHA-256 of 0x01, the left and the right hash."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the complete subtrees of a growing tree, largest first.

    Appending a leaf and taking the root both touch O(log n) hashes.
    """

    def __init__(self, size: int = 0, nodes: Sequence[bytes] = ()) -> None:
        if len(nodes) != size.bit_count():
            raise ValueError(f"A tree of {size} leaves has {size.bit_count()} complete subtrees.")
        self.size = size
        self.nodes = list(nodes)

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        size, node = self.size, leaf
        while size & 1:
            node = node_hash(self.nodes.pop(), node)
            size >>= 1
        self.nodes.append(node)
        self.size += 1

    def root(self) -> bytes:
        if not self.nodes:
            return EMPTY_ROOT
        node = self.nodes[-1]
        for left in reversed(self.nodes[:-1]):
            node = node_hash(left, node)
        return node


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of the tree over leaf hashes."""
    if not leaves:
        return EMPTY_ROOT
    nodes = list(leaves)
    while len(nodes) > 1:
        # A last node without a neighbour moves up as it is.
        alone = nodes[-1:] if len(nodes) % 2 else []
        pairs = zip(nodes[::2], nodes[1::2], strict=False)
        nodes = [node_hash(left, right) for left, right in pairs] + alone
    return nodes[0]


def range_root(first: int, end: int, subtree: Subtree) -> bytes:
    """Return the root over a range of leaves of which only the right side may be incomplete."""
    count = end - first
    if count.bit_count() == 1:
        return subtree(first, end)
    split = first + _split(count)
    return node_hash(subtree(first, split), range_root(split, end, subtree))


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the hashes beside the path from leaf `index` to the root (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise IndexError(f"There is no leaf {index} in a tree of {size}.")
    answer: list[bytes] = []
    first, end = 0, size
    while end - first > 1:
        split = first + _split(end - first)
        if index < split:
            answer.append(range_root(split, end, subtree))
            end = split
        else:
            answer.append(range_root(first, split, subtree))
            first = split
    return answer[::-1]


def consistency_proof(first_size: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the hashes that show a tree to begin with an earlier one (RFC 6962, 2.1.2)."""
    if not 0 <= first_size <= size:
        raise IndexError(f"A tree of {size} does not begin with one of {first_size}.")
    if first_size in (0, size):
        return []
    answer: list[bytes] = []
    first, end = 0, size
    while first_size != end:
        split = first + _split(end - first)
        if first_size <= split:
            answer.append(range_root(split, end, subtree))
            end = split
        else:
            answer.append(range_root(first, split, subtree))
            first = split
    if first:
        answer.append(range_root(first, end, subtree))
    return answer[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Compute the root that a proof leads to (RFC 9162, 2.1.3.2); None where it cannot be one."""
    if not 0 <= index < size or not _are_hashes(leaf, *proof):
        return None
    node, last = index, size - 1
    answer = leaf
    for sibling in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            answer = node_hash(sibling, answer)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            answer = node_hash(answer, sibling)
        node >>= 1
        last >>= 1
    return answer if last == 0 else None


def is_consistent(
    first_size: int, size: int, first_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Return whether a proof shows a tree to begin with an earlier one (RFC 9162, 2.1.4.2).

    Every tree begins with the empty one, so a proof from there shows nothing and does not hold.
    """
    if not 0 < first_size <= size:
        return False
    if first_size == size:
        return not proof and first_root == root
    if not _are_hashes(first_root, root, *proof):
        return False
    rest = list(proof)
    if first_size.bit_count() == 1:
        rest.insert(0, first_root)
    if not rest:
        return False
    node, last = first_size - 1, size - 1
    while node & 1:
        node >>= 1
        last >>= 1
    earlier = later = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            earlier, later = node_hash(sibling, earlier), node_hash(sibling, later)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            later = node_hash(later, sibling)
        node >>= 1
        last >>= 1
    return last == 0 and earlier == first_root and later == root


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)
