"""What the log publishes: checkpoints, tiles, bundles of leaves, consistency proofs, receipts."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import rfc8785
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotFound, WrongState
from marketplace.ledger import merkle
from marketplace.ledger.lines import public_leaf
from marketplace.ledger.models import Checkpoint, Head, Seal
from marketplace.ledger.notes import Verifier
from marketplace.ledger.selectors import (
    ProvedEntry,
    last_head,
    log_origin,
    proved_entries,
    proved_entry,
    signing_keys,
)
from marketplace.ledger.tiles import WIDTH, TreeReader

PLACE = re.compile(r"((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")
HIGHEST_LEVEL = 7
"""Of tiles that can be full in a tree whose leaves are numbered with 63 bits."""
PROOF_HEADER = "c2sp.org/tlog-proof@v1"


def checkpoint(size: int | None = None) -> str:
    """Return the signed note of the newest head, or of the head of a size.

    Raises:
        NotFound: nothing is sealed yet, or no head was signed at that size.
    """
    rows = Checkpoint.objects.order_by("-head_id")
    row = (rows if size is None else rows.filter(head_id=size)).first()
    if row is None:
        raise NotFound(_("No checkpoint was signed at this size."))
    return row.note + "".join(cosignature.line for cosignature in row.cosignatures.all())


def keys() -> bytes:
    """Return every key that has signed for this log, oldest first, and how each named the next."""
    rows = signing_keys()
    return rfc8785.dumps(
        {
            "keys": [str(Verifier(log_origin(), bytes.fromhex(row.public_key))) for row in rows],
            "handovers": [row.handover for row in rows if row.handover],
        }
    )


def tile(level: int, place: str) -> bytes:
    """Return a tile of hashes, such as place `x001/234` or, partial, `067.p/12`.

    Raises:
        NotFound: the tree has no such tile.
    """
    position, width = _place(place)
    if level > HIGHEST_LEVEL:
        raise _no_tile()
    _require_signed(level, position, width)
    hashes = TreeReader().hashes(level, position, at_least=width)
    if len(hashes) < width * merkle.HASH_BYTES:
        raise _no_tile()
    return hashes[: width * merkle.HASH_BYTES]


def bundle(place: str) -> bytes:
    """Return a bundle of leaves, each behind its length in two bytes.

    Raises:
        NotFound: the tree has no such bundle, or holds a leaf there from before there were salts:
            that would be the line itself.
    """
    position, width = _place(place)
    _require_signed(0, position, width)
    first = position * WIDTH
    commitments = list(
        Seal.objects.filter(leaf_index__gte=first, leaf_index__lt=first + width)
        .order_by("leaf_index")
        .values_list("commitment", flat=True)
    )
    leaves = [public_leaf(commitment) for commitment in commitments if commitment is not None]
    if len(leaves) < width:
        raise _no_tile()
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


@dataclass(frozen=True)
class ConsistencyProof:
    """What shows that the tree of one checkpoint begins with that of another."""

    first_size: int
    first_root: str
    tree_size: int
    root_hash: str
    hashes: tuple[str, ...]


def consistency_proof(first_size: int, size: int) -> ConsistencyProof:
    """Prove that a signed head goes on from an earlier one.

    Raises:
        NotFound: no head was signed at one of the sizes.
        WrongState: the first is larger.
    """
    first, second = _head(first_size), _head(size)
    if first_size > size:
        raise WrongState(_("The first of the two sizes is the smaller one. Swap them."))
    reader = TreeReader()
    reader.look_ahead(first_size, size)
    hashes = merkle.consistency_proof(first_size, size, reader.subtree)
    return ConsistencyProof(
        first_size=first_size,
        first_root=first.root_hash,
        tree_size=size,
        root_hash=second.root_hash,
        hashes=tuple(node.hex() for node in hashes),
    )


def receipt(reference: UUID, *, by: Actor) -> str:
    """Return an entry's receipt under the newest checkpoint (C2SP tlog-proof).

    The extra data is canonical JSON of what the leaf comes from: for whom the entry concerns line
    and salt, for everybody else the commitment, or what is left of a leaf from before salts.

    Raises:
        NotFound: there is no such entry.
        WrongState: it is not sealed yet, or not under a checkpoint.
    """
    found = proved_entry(reference, by=by)
    told = _receipt(found, _note(found.head))
    if told is None:
        raise WrongState(_("The entry is not sealed yet. Try again in a few seconds."))
    return told


def receipts(references: Iterable[UUID], *, by: Actor) -> Iterator[str | None]:
    """Yield the receipt of each of these entries, all under the newest checkpoint.

    None stands for one that is not sealed yet, or not under that checkpoint.
    """
    head = last_head()
    note = _note(head)
    for found in proved_entries(references, head=head, by=by):
        yield _receipt(found, note)


def _note(head: Head | None) -> str:
    """Return the checkpoint of a head; "" where there is none."""
    row = Checkpoint.objects.filter(head=head).first() if head else None
    return checkpoint(row.head_id) if row else ""


def _receipt(found: ProvedEntry, note: str) -> str | None:
    if found.seal is None or found.proof is None or not note:
        return None
    extra: dict[str, str]
    if found.seal.commitment is None:
        extra = {"line": found.line} if found.line else {"leaf_hash": found.seal.leaf_hash}
    elif found.line and found.salt:
        extra = {"line": found.line, "salt": found.salt}
    else:
        extra = {"commitment": found.seal.commitment}
    lines = [
        PROOF_HEADER,
        f"extra {base64.b64encode(rfc8785.dumps(extra)).decode()}",
        f"index {found.seal.leaf_index}",
        *(base64.b64encode(bytes.fromhex(node)).decode() for node in found.proof.hashes),
    ]
    return "\n".join(lines) + "\n\n" + note


def _place(place: str) -> tuple[int, int]:
    """Read where a tile stands, and how wide it is."""
    match = PLACE.fullmatch(place)
    if match is None:
        raise _no_tile()
    digits, width = match[1].replace("x", "").replace("/", ""), int(match[2] or WIDTH)
    if width > WIDTH - bool(match[2]) or len(digits) > 15 or _spelled(int(digits)) != match[1]:
        raise _no_tile()
    return int(digits), width


def _spelled(position: int) -> str:
    """Return the one right spelling of a position."""
    answer = f"{position % 1000:03d}"
    while position := position // 1000:
        answer = f"x{position % 1000:03d}/{answer}"
    return answer


def _require_signed(level: int, position: int, width: int) -> None:
    """Refuse what lies beyond the newest head: it is not signed, and could still go."""
    size = Head.objects.order_by("-tree_size").values_list("tree_size", flat=True).first() or 0
    if position * WIDTH + width > size // WIDTH**level:
        raise _no_tile()


def _head(size: int) -> Head:
    head = Head.objects.filter(tree_size=size).first()
    if head is None:
        raise NotFound(_("No head was signed at the size %(size)d.") % {"size": size})
    return head


def _no_tile() -> NotFound:
    return NotFound(_("The log has no such tile."))
