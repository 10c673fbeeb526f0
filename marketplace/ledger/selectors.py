"""Read the ledger: timelines, places in the tree, proofs, the state of sealing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.ledger import merkle
from marketplace.ledger.facts import KINDS
from marketplace.ledger.leaves import entry_digest, leaf_bytes
from marketplace.ledger.models import Entry, Head, Seal
from marketplace.ledger.policies import may_read
from marketplace.ledger.tiles import TreeReader


@dataclass(frozen=True)
class TimelineEntry:
    """What a timeline shows of an entry; `leaf_index` is None until it is sealed."""

    reference: UUID
    kind: str
    label: str
    subject: str
    person_id: UUID | None
    organization_id: UUID | None
    happened_at: datetime
    leaf_index: int | None


def entries_about(subject: str) -> list[TimelineEntry]:
    """Answer the entries whose subject it is or that mention it, oldest first, in one query.

    The caller has checked that the actor may see the subject.
    """
    rows = (
        Entry.objects.filter(Q(subject=subject) | Q(mentions__subject=subject))
        .exclude(kind__in=[kind for kind, fact in KINDS.items() if not fact.in_timelines])
        .select_related("seal")
        .distinct()
        .order_by("id")
    )
    return [timeline_entry(entry) for entry in rows]


def timeline_entry(entry: Entry) -> TimelineEntry:
    """Answer the view of an entry."""
    seal = getattr(entry, "seal", None)
    return TimelineEntry(
        reference=entry.reference,
        kind=entry.kind,
        label=label_of(entry.kind),
        subject=entry.subject,
        person_id=entry.person_id,
        organization_id=entry.organization_id,
        happened_at=entry.happened_at,
        leaf_index=seal.leaf_index if seal else None,
    )


def label_of(kind: str) -> str:
    """Answer what a timeline says of a kind."""
    fact = KINDS.get(kind)
    return str(fact.label) if fact is not None else kind


def last_head() -> Head | None:
    """Answer the newest signed head."""
    return Head.objects.select_related("key").order_by("-tree_size").first()


def unsealed_count() -> int:
    """Count the entries that wait to be sealed."""
    return Entry.objects.filter(seal__isnull=True).count()


def sealed_after(leaf_index: int, *, limit: int) -> list[Seal]:
    """Answer the sealed entries after a leaf, in leaf order."""
    return list(
        Seal.objects.filter(leaf_index__gt=leaf_index)
        .select_related("entry")
        .order_by("leaf_index")[:limit]
    )


@dataclass(frozen=True)
class InclusionProof:
    """What shows that a leaf is under a head."""

    leaf_index: int
    tree_size: int
    leaf_hash: str
    root_hash: str
    hashes: tuple[str, ...]


def inclusion_proof(seal: Seal, head: Head) -> InclusionProof:
    """Build the RFC 6962 proof of a sealed entry under a head that covers it."""
    hashes = merkle.inclusion_proof(seal.leaf_index, head.tree_size, TreeReader().subtree)
    return InclusionProof(
        leaf_index=seal.leaf_index,
        tree_size=head.tree_size,
        leaf_hash=seal.leaf_hash,
        root_hash=head.root_hash,
        hashes=tuple(node.hex() for node in hashes),
    )


def public_entries(*, kind: str = "") -> QuerySet[Entry]:
    """Answer all entries, newest first, with their places. What is shown of them names no one."""
    rows = Entry.objects.select_related("seal").order_by("-id")
    return rows.filter(kind=kind) if kind else rows


def kinds_in_use() -> list[tuple[str, str]]:
    """Answer the kinds of fact that an entry can have, with their labels, by label."""
    return sorted(((kind, label_of(kind)) for kind in KINDS), key=lambda pair: pair[1])


def signed_head() -> Head:
    """Answer the newest signed head.

    Raises:
        NotFound: nothing was sealed yet.
    """
    head = last_head()
    if head is None:
        raise NotFound(_("Nothing is sealed yet. Try again in a few seconds."))
    return head


@dataclass(frozen=True)
class ProvedEntry:
    """An entry with its proof and head; both are None until it is sealed.

    `leaf` is the text whose bytes the leaf hash is computed from, None for who may not read it;
    `is_sound` tells whether the hash still comes out of it.
    """

    entry: Entry
    label: str
    proof: InclusionProof | None
    head: Head | None
    leaf: str | None
    is_sound: bool


def proved_entry(reference: UUID, *, by: Actor) -> ProvedEntry:
    """Find an entry, prove its place under the newest head, and tell it to who may read it.

    Raises:
        NotFound: there is no such entry.
    """
    entry = Entry.objects.select_related("seal").filter(reference=reference).first()
    if entry is None:
        raise NotFound(_("There is no such ledger entry."))
    seal, head = getattr(entry, "seal", None), last_head()
    proof = inclusion_proof(seal, head) if seal and head else None
    return ProvedEntry(
        entry=entry,
        label=label_of(entry.kind),
        proof=proof,
        head=head if proof else None,
        leaf=leaf_bytes(entry).decode() if may_read(by, entry) else None,
        is_sound={entry_digest(entry)} == {entry.digest, seal.leaf_hash if seal else entry.digest},
    )
