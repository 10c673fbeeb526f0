"""Search the ledger, and draw the way of an entry to the root."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.ledger import merkle, notes
from marketplace.ledger.models import (
    Audit,
    Cosignature,
    Entry,
    Head,
    Stray,
    WitnessCheck,
    WitnessedLog,
)
from marketplace.ledger.policies import STAFF
from marketplace.ledger.selectors import InclusionProof, log_origin, public_entries
from marketplace.web.charts import climb

SHOWN_DIGITS = 8


@dataclass(frozen=True)
class Search:
    """What is looked for; empty texts look for everything."""

    kind: str = ""
    subject: str = ""
    actor: str = ""

    @property
    def asks_who(self) -> bool:
        """Return whether more is asked for than everybody may know."""
        return bool(self.subject or self.actor)


def found_entries(search: Search, *, by: Actor) -> QuerySet[Entry]:
    """Return the entries that fit, newest first.

    Subjects and actors are looked for among the entries only whose line the actor may read.
    """
    rows = public_entries(kind=search.kind)
    if not search.asks_who:
        return rows
    rows = rows.filter(pk__in=_readable(by).values("pk"))
    if search.subject:
        about = Entry.objects.filter(mentions__subject=search.subject).values("pk")
        rows = rows.filter(Q(subject=search.subject) | Q(pk__in=about))
    if search.actor:
        who = _identifier(search.actor)
        rows = rows.filter(Q(person_id=who) | Q(organization_id=who)) if who else rows.none()
    return rows


def _readable(by: Actor) -> QuerySet[Entry]:
    if by.has(*STAFF):
        return Entry.objects.all()
    if by.organization_id is None:
        return Entry.objects.none()
    own = f"organization:{by.organization_id}"
    mentioned = Entry.objects.filter(mentions__subject=own).values("pk")
    return Entry.objects.filter(
        Q(organization_id=by.organization_id) | Q(subject=own) | Q(pk__in=mentioned)
    )


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text.rpartition(":")[2].strip())
    except ValueError:
        return None


@dataclass(frozen=True)
class LogState:
    """By what key others check the log, who witnesses it, how it was audited, what is aside."""

    verifier_key: str
    witnesses: tuple[Cosignature, ...]
    audit: Audit | None
    stray: int


def log_state(head: Head | None) -> LogState:
    """Return the state of the log for its page."""
    key = str(notes.Verifier(log_origin(), bytes.fromhex(head.key.public_key))) if head else ""
    return LogState(
        verifier_key=key,
        witnesses=tuple(cosignatures()[:8]),
        audit=audits().first(),
        stray=Stray.objects.count(),
    )


def audits() -> QuerySet[Audit]:
    """Return the audits of the whole log that ended, newest first."""
    return Audit.objects.select_related("entry").order_by("-entry_id")


def cosignatures() -> QuerySet[Cosignature]:
    """Return what witnesses said of this log, of its largest trees first."""
    return Cosignature.objects.order_by("-checkpoint_id", "witness")


def witnessed_logs() -> QuerySet[WitnessedLog]:
    """Return the logs that this centre witnesses, by name."""
    return WitnessedLog.objects.order_by("origin")


def witness_checks() -> QuerySet[WitnessCheck]:
    """Return the looks of this centre at other logs, newest first."""
    return WitnessCheck.objects.order_by("-created_at", "-id")


def drawn_proof(proof: InclusionProof) -> SafeString:
    """Draw the way from a leaf to the signed root."""
    node, steps = bytes.fromhex(proof.leaf_hash), []
    index, last = proof.leaf_index, proof.tree_size - 1
    for text in proof.hashes:
        sibling = bytes.fromhex(text)
        is_left = bool(index & 1) or index == last
        steps.append((node.hex()[:SHOWN_DIGITS], text[:SHOWN_DIGITS], is_left))
        if is_left:
            node = merkle.node_hash(sibling, node)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = merkle.node_hash(node, sibling)
        index, last = index >> 1, last >> 1
    return climb(steps, root=proof.root_hash[:SHOWN_DIGITS], title=_("Way to the signed root"))
