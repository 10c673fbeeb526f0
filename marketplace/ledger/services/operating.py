"""What only an operator decides: to go on from an older database, and to erase a salt."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, NotFound, WrongState
from marketplace.core.locking import locked
from marketplace.ledger import last_head, merkle
from marketplace.ledger.events import LedgerStateAccepted, SaltErased
from marketplace.ledger.models import Entry, Head, Salts, Seal
from marketplace.ledger.salts import salt_of, without
from marketplace.ledger.services.recording import record


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
