"""The keys that sign tree heads, and what only an operator decides."""

from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, Door, NotAllowed, NotFound, WrongState, clock, envelope, locked
from marketplace.ledger import last_head, merkle, notes
from marketplace.ledger.events import LedgerStateAccepted, LogKeyCreated, LogKeyRetired, SaltErased
from marketplace.ledger.lines import salt_of, without
from marketplace.ledger.models import Entry, Head, Salts, Seal, Sealer, SigningKey
from marketplace.ledger.selectors import log_origin
from marketplace.ledger.services.recording import record

PURPOSE = "ledger signing key"


def current_key() -> SigningKey:
    """Return the key in use; make the first one where there is none.

    Called under the sealer's lock, so two first keys cannot be made at once.
    """
    key = SigningKey.objects.filter(retired_at=None).order_by("created_at").last()
    return key if key is not None else _made(None, by=Actor.system(Door.TASK))


@transaction.atomic
def rotate_log_key(*, by: Actor) -> SigningKey:
    """Retire the key in use and make another, which the old one names in a signed note.

    What the old key signed stays verifiable.

    Raises:
        NotAllowed: the actor is not the centre's own software, which a command asks.
    """
    if not by.is_system:
        raise NotAllowed(_("Signing keys are changed by the commands of whoever runs the centre."))
    lock_sealer()
    old = SigningKey.objects.filter(retired_at=None).order_by("created_at").last()
    if old is not None:
        old.retired_at = clock.now()
        old.save(update_fields=["retired_at"])
        record(LogKeyRetired(subject="ledger:centre", public_key=old.public_key), by=by)
    return _made(old, by=by)


def lock_sealer() -> None:
    """Lock the sealer's row until the transaction ends: there is one writer of the tree."""
    Sealer.objects.get_or_create(pk=1)
    Sealer.objects.select_for_update().get(pk=1)


def verifier_of(public_key: str) -> notes.Verifier:
    """Return the key, in hexadecimal digits, by which others check this log."""
    return notes.Verifier(log_origin(), bytes.fromhex(public_key))


def _made(before: SigningKey | None, *, by: Actor) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    public_key = private.public_key().public_bytes_raw().hex()
    note = None
    if before is not None:
        old, new = verifier_of(before.public_key), verifier_of(public_key)
        note = notes.handover(old, new, key=opened(before))
    key = SigningKey.objects.create(
        public_key=public_key,
        wrapped_private_key=envelope.wrap(private.private_bytes_raw(), purpose=PURPOSE),
        handover=note,
    )
    record(LogKeyCreated(subject="ledger:centre", public_key=public_key), by=by)
    return key


def opened(key: SigningKey) -> Ed25519PrivateKey:
    """Return the private half of a key.

    Raises:
        ImproperlyConfigured: the key-encryption key is not the one it was wrapped with.
    """
    return Ed25519PrivateKey.from_private_bytes(
        envelope.unwrap(key.wrapped_private_key, purpose=PURPOSE)
    )


def head_bytes(tree_size: int, root_hash: str, sealed_at: datetime) -> bytes:
    """Return the canonical bytes that are signed for a head."""
    return rfc8785.dumps(
        {
            "tree_size": tree_size,
            "root_hash": root_hash,
            "sealed_at": sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        }
    )


def head_is_signed(head: Head) -> bool:
    """Return whether the head's signature is its key's."""
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.key.public_key))
    try:
        public.verify(
            bytes.fromhex(head.signature),
            head_bytes(head.tree_size, head.root_hash, head.sealed_at),
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def checkpoint_fits(head: Head, note: str) -> bool:
    """Return whether a note says what the head says, and is signed by the head's key."""
    try:
        parsed = notes.parse_note(note)
        tree = notes.parse_tree(parsed.text)
    except notes.BrokenNote:
        return False
    verifier = notes.Verifier(tree.origin, bytes.fromhex(head.key.public_key))
    return (
        (tree.size, tree.root.hex()) == (head.tree_size, head.root_hash)
        and len(parsed.signatures) == 1
        and verifier.has_signed(parsed)
    )


# What only an operator decides: to go on from an older database, and to erase a salt.


@transaction.atomic
def accept_ledger_state(*, by: Actor) -> Entry:
    """Let sealing go on from this database, although a larger tree was signed before.

    Whoever keeps a checkpoint of the larger tree, above all a witness, will find a fork, rightly.

    Raises:
        NotAllowed: it is not asked by a command on the centre's machine.
        WrongState: the database holds what was signed last.
    """
    if not by.is_system:
        raise NotAllowed(_("Only an operator on the centre's machine decides this."))
    kept = last_head.kept_tree()
    head = Head.objects.select_related("checkpoint").order_by("-tree_size").first()
    if kept is None or Head.objects.filter(tree_size=kept.size, root_hash=kept.root.hex()).exists():
        raise WrongState(_("The database holds the head that was signed last. Nothing to decide."))
    note = head.checkpoint.note if head is not None and hasattr(head, "checkpoint") else None
    entry = record(
        LedgerStateAccepted(
            subject="ledger:centre",
            signed_size=kept.size,
            signed_root=kept.root.hex(),
            accepted_size=head.tree_size if head else 0,
            accepted_root=head.root_hash if head else merkle.EMPTY_ROOT.hex(),
        ),
        by=by,
    )
    transaction.on_commit(partial(last_head.replace, note))
    return entry


@transaction.atomic
def erase_salt(reference: UUID, *, by: Actor) -> Seal:
    """Erase the salt of a sealed entry, so that nobody can show what its leaf commits to.

    Erasing it again changes nothing. The entry itself stays readable for those whom it concerns.

    Raises:
        NotFound: there is no such sealed entry.
        NotAllowed: it is not asked by a command on the centre's machine.
        WrongState: the leaf is from before there were salts.
    """
    seal = Seal.objects.filter(entry__reference=reference).first()
    if seal is None:
        raise NotFound(_("There is no such sealed entry."))
    if not by.is_system:
        raise NotAllowed(_("Only an operator on the centre's machine decides this."))
    if seal.commitment is None:
        raise WrongState(_("This leaf was sealed before there were salts."))
    first = Salts.objects.filter(first_leaf__lte=seal.leaf_index).latest("first_leaf").pk
    row = locked(Salts.objects.all(), pk=first)
    if not salt_of(seal):
        return seal
    row.salts = without(row, seal.leaf_index)
    row.save(update_fields=["salts"])
    record(
        SaltErased(subject=f"entry:{reference}", leaf_index=seal.leaf_index),
        by=by,
    )
    return seal
