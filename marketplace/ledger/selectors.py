"""Read the ledger: timelines, places in the tree, proofs, the state of sealing."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotFound
from marketplace.core.numbers import subject_of
from marketplace.ledger import merkle, notes
from marketplace.ledger.authentication import is_authentic
from marketplace.ledger.facts import KINDS, Fact
from marketplace.ledger.lines import commitment_of, digest_of, leaf_hash_of, line_of, salt_of
from marketplace.ledger.models import (
    Audit,
    Cosignature,
    Entry,
    Head,
    Seal,
    SigningKey,
    Stray,
    WitnessCheck,
    WitnessedLog,
)
from marketplace.ledger.policies import STAFF, may_read
from marketplace.ledger.tiles import TreeReader
from marketplace.web.charts import climb


@dataclass(frozen=True)
class TimelineEntry:
    """What a timeline shows of an entry; `leaf_index` is None until it is sealed.

    `is_from_anybody` says that whoever acted needs no account and was not recorded.
    """

    reference: UUID
    kind: str
    label: str
    subject: str
    person_id: UUID | None
    organization_id: UUID | None
    happened_at: datetime
    leaf_index: int | None
    is_from_anybody: bool


def entries_about(subject: str) -> list[TimelineEntry]:
    """Return the entries whose subject it is or that mention it, oldest first, in one query.

    The caller has checked that the actor may see the subject.
    """
    return [timeline_entry(entry) for entry in _recorded([subject]).select_related("seal")]


READ_AT_ONCE = 200


def recorded_about(subjects: Sequence[str]) -> Iterator[TimelineEntry]:
    """Yield the entries that concern one of these, oldest first, a few at a time in memory.

    The caller has checked that the actor may see the subjects.
    """
    rows = _recorded(subjects).select_related("seal")
    return map(timeline_entry, rows.iterator(chunk_size=READ_AT_ONCE))


def read_about(
    subjects: Sequence[str], *, of: Sequence[str], with_kinds: Sequence[str], by: Actor
) -> Iterator[tuple[TimelineEntry, dict[str, Any]]]:
    """Yield what the actor may read of the entries that concern one of these, oldest first.

    Each comes with what it says. Of the things in `of` only their own entries come, and those of
    `with_kinds` that mention them.
    """
    own = Q(subject__in=of) | Q(mentions__subject__in=of, kind__in=with_kinds)
    for entry in _recorded(subjects, own).select_related("seal").iterator(READ_AT_ONCE):
        if may_read(by, entry):
            yield timeline_entry(entry), entry.payload


def count_about(subjects: Sequence[str]) -> int:
    """Return how many entries concern one of these."""
    return _recorded(subjects).count()


def _recorded(subjects: Sequence[str], more: Q | None = None) -> QuerySet[Entry]:
    wanted = Q(subject__in=subjects) | Q(mentions__subject__in=subjects)
    rows = Entry.objects.filter(wanted | more if more else wanted)
    aside = [kind for kind, fact in KINDS.items() if not fact.in_timelines]
    return rows.exclude(kind__in=aside).distinct().order_by("id")


def entries_of(references: Collection[UUID]) -> dict[UUID, TimelineEntry]:
    """Return the entries of these references, in one query.

    The caller has checked that the actor may see what they are about.
    """
    rows = Entry.objects.filter(reference__in=references).select_related("seal")
    return {entry.reference: timeline_entry(entry) for entry in rows}


@dataclass(frozen=True)
class ToldFact:
    """What an entry tells, to an app that computes from the ledger."""

    kind: str
    subject: str
    about: tuple[str, ...]
    payload: dict[str, Any]
    happened_at: datetime
    organization_id: UUID | None = None


def facts_about(subject: str, *, kinds: Sequence[str]) -> list[ToldFact]:
    """Return the facts of some kinds that concern a thing, oldest first, in one query."""
    rows = (
        Entry.objects.filter(Q(subject=subject) | Q(mentions__subject=subject), kind__in=kinds)
        .distinct()
        .order_by("id")
    )
    return [
        ToldFact(
            *(each.kind, each.subject, tuple(each.about), each.payload, each.happened_at),
            organization_id=each.organization_id,
        )
        for each in rows
    ]


def payloads_of(fact: type[Fact]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield subject and payload of each entry of a kind that was not put aside, oldest first."""
    rows = Entry.objects.filter(kind=fact.kind, stray=None).order_by("id")
    yield from rows.values_list("subject", "payload").iterator(chunk_size=READ_AT_ONCE)


def last_told_at(subject: str, *, kind: str) -> datetime | None:
    """Return when a fact of a kind was last recorded of a thing; None where it never was."""
    rows = Entry.objects.filter(subject=subject, kind=kind).order_by("-id")
    return rows.values_list("happened_at", flat=True).first()


def timeline_entry(entry: Entry) -> TimelineEntry:
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
        is_from_anybody=entry.person_id is None
        and entry.kind in KINDS
        and KINDS[entry.kind].is_from_anybody,
    )


def label_of(kind: str) -> str:
    fact = KINDS.get(kind)
    return str(fact.label) if fact is not None else kind


def last_head() -> Head | None:
    """Return the newest signed head."""
    return Head.objects.select_related("key").order_by("-tree_size").first()


def unsealed_count() -> int:
    return Entry.objects.filter(seal=None, stray=None).count()


def first_sealed(kinds: Collection[str], *, after: int, until: int) -> Seal | None:
    """Return the first sealed entry of these kinds after a leaf and up to another one."""
    return (
        Seal.objects.filter(leaf_index__gt=after, leaf_index__lte=until, entry__kind__in=kinds)
        .select_related("entry")
        .order_by("leaf_index")
        .first()
    )


@dataclass(frozen=True)
class InclusionProof:
    """What shows that a leaf is under a head."""

    leaf_index: int
    tree_size: int
    leaf_hash: str
    root_hash: str
    hashes: tuple[str, ...]


def inclusion_proof(seal: Seal, head: Head, reader: TreeReader | None = None) -> InclusionProof:
    """Build the RFC 6962 proof of a sealed entry under a head that covers it.

    A `reader` that several proofs share reads each tile once for all of them.
    """
    if reader is None:
        reader = TreeReader()
        reader.look_ahead(seal.leaf_index, head.tree_size)
    hashes = merkle.inclusion_proof(seal.leaf_index, head.tree_size, reader.subtree)
    return InclusionProof(
        leaf_index=seal.leaf_index,
        tree_size=head.tree_size,
        leaf_hash=seal.leaf_hash,
        root_hash=head.root_hash,
        hashes=tuple(node.hex() for node in hashes),
    )


def public_entries(*, kind: str = "") -> QuerySet[Entry]:
    """Return all entries, newest first, with their places. What is shown of them names no one."""
    rows = Entry.objects.select_related("seal").order_by("-id")
    return rows.filter(kind=kind) if kind else rows


def kinds_in_use() -> list[tuple[str, str]]:
    """Return the kinds of fact that an entry can have, with their labels, by label."""
    return sorted(((kind, label_of(kind)) for kind in KINDS), key=lambda pair: pair[1])


def signed_head() -> Head:
    """Return the newest signed head.

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

    `line` is everything that the entry says and `salt` what opens the commitment in its leaf, as
    hexadecimal digits: None for who may not read them. The salt is empty where it was erased, or
    where the leaf is from before there were salts. `is_sound` tells whether leaf and line fit.
    """

    entry: Entry
    label: str
    seal: Seal | None
    proof: InclusionProof | None
    head: Head | None
    line: str | None
    salt: str | None
    is_sound: bool


def proved_entry(reference: UUID, *, by: Actor) -> ProvedEntry:
    """Find an entry, prove its place under the newest head, and tell it to who may read it.

    Raises:
        NotFound: there is no such entry.
    """
    entry = Entry.objects.select_related("seal").filter(reference=reference).first()
    if entry is None:
        raise NotFound(_("There is no such ledger entry."))
    return _proved(entry, last_head(), None, by)


def proved_entries(
    references: Iterable[UUID], *, head: Head | None, by: Actor
) -> Iterator[ProvedEntry]:
    """Prove the places of entries that there are under one head, a few at a time in memory."""
    reader, rest = TreeReader(), iter(references)
    while some := list(islice(rest, READ_AT_ONCE)):
        rows = Entry.objects.select_related("seal").filter(reference__in=some)
        found = {entry.reference: entry for entry in rows}
        for reference in some:
            yield _proved(found[reference], head, reader, by)


def _proved(entry: Entry, head: Head | None, reader: TreeReader | None, by: Actor) -> ProvedEntry:
    seal: Seal | None = getattr(entry, "seal", None)
    proof = None
    if seal is not None and head is not None and seal.leaf_index < head.tree_size:
        proof = inclusion_proof(seal, head, reader)
    line = line_of(entry)
    salt = salt_of(seal) if seal else b""
    readable = may_read(by, entry)
    return ProvedEntry(
        entry=entry,
        label=label_of(entry.kind),
        seal=seal,
        proof=proof,
        head=head if proof else None,
        line=line.decode() if readable else None,
        salt=salt.hex() if readable else None,
        is_sound=fits(entry, line, seal, salt),
    )


def fits(entry: Entry, line: bytes, seal: Seal | None, salt: bytes) -> bool:
    """Return whether a line is what was recorded and, where it is sealed, what the leaf commits to.

    Where the salt was erased, the code under the centre's key stands for the commitment.
    """
    is_recorded = entry.digest == digest_of(line).hex()
    if seal is None:
        return is_recorded and is_authentic(line, entry.mac)
    if seal.commitment is None:
        return is_recorded and seal.leaf_hash == entry.digest
    if leaf_hash_of(seal.commitment).hex() != seal.leaf_hash:
        return False
    if not salt:
        return is_recorded and is_authentic(line, entry.mac)
    return is_recorded and seal.commitment == commitment_of(line, salt)


def signing_keys() -> list[SigningKey]:
    """Return every key that has signed for this log, oldest first."""
    return list(SigningKey.objects.order_by("created_at"))


def log_origin() -> str:
    """Return the name of this log: the address of its tiles, without the scheme."""
    return f"{settings.CENTRE_DOMAIN}/log"


# Search the ledger, and draw the way of an entry to the root.

SHOWN_DIGITS = 8


@dataclass(frozen=True)
class Search:
    """What is looked for; empty texts look for everything.

    `subject` is one, or the number of an order, contract or claim; `since` and `until` are days.
    """

    kind: str = ""
    subject: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def asks_who(self) -> bool:
        """Return whether more is asked for than everybody may know."""
        return bool(self.subject or self.actor)


def found_entries(search: Search, *, by: Actor) -> QuerySet[Entry]:
    """Return the entries that fit, newest first.

    Subjects and actors are looked for among the entries only whose line the actor may read.
    """
    rows = public_entries(kind=search.kind)
    if search.since:
        rows = rows.filter(happened_at__date__gte=search.since)
    if search.until:
        rows = rows.filter(happened_at__date__lte=search.until)
    if not search.asks_who:
        return rows
    rows = rows.filter(pk__in=_readable(by).values("pk"))
    if search.subject:
        numbered = subject_of(search.subject)
        lookup, wanted = ("__startswith", numbered) if numbered else ("", search.subject)
        about = Entry.objects.filter(**{f"mentions__subject{lookup}": wanted}).values("pk")
        rows = rows.filter(Q(**{f"subject{lookup}": wanted}) | Q(pk__in=about))
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
