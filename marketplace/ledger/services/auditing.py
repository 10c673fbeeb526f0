"""Keep on record that the whole ledger was checked, and check it part by part in time."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, NotFound
from marketplace.ledger.events import LedgerAudited
from marketplace.ledger.models import Audit, Head, RunningAudit
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.verification import Part, Verification, check_part

EVERY = timedelta(days=1)
"""How old the last audit may be before the centre makes another by itself."""

log = logging.getLogger(__name__)


@transaction.atomic
def keep_audit(found: Verification, *, seconds: float, by: Actor) -> Audit:
    """Keep that the whole ledger was checked and what was found, as a row and as an entry.

    Raises:
        NotAllowed: it is neither a command on the centre's machine nor the centre by itself.
    """
    _require_system(by)
    return _kept(
        size=found.sealed,
        root=found.root_hash,
        heads=found.heads,
        faults=len(found.faults),
        milliseconds=round(seconds * 1000),
        by=by,
    )


def audit_by_parts(*, by: Actor) -> Audit | None:
    """Check the next part of the ledger where an audit is due; keep the audit with its last part.

    One is due a day after the last one ended, or after the log began. A part is checked without a
    transaction, so that nobody waits for it. Answers the audit that ended.

    Raises:
        NotAllowed: it is not the centre by itself.
    """
    _require_system(by)
    running = RunningAudit.objects.filter(pk=1).first()
    if running is None and not _is_due():
        return None
    began, after = time.monotonic(), running.checked if running else 0
    try:
        part = check_part(after)
    except NotFound:
        # The head that it had come to is gone, which the next audit names.
        _forget(after)
        return None
    for fault in part.faults:
        log.error("The audit of the ledger found: %s", fault)
    return _advance(after, part, milliseconds=round(1000 * (time.monotonic() - began)), by=by)


@transaction.atomic
def _advance(after: int, part: Part, *, milliseconds: int, by: Actor) -> Audit | None:
    """Keep how far the audit has come, unless another loop did so; end it with its last part."""
    if not after:
        RunningAudit.objects.get_or_create(pk=1)
    running = RunningAudit.objects.select_for_update().filter(pk=1, checked=after).first()
    if running is None:
        return None
    running.heads += part.heads
    running.faults += len(part.faults)
    running.milliseconds += milliseconds
    if part.next is not None:
        running.checked = part.next
        running.save(update_fields=["checked", "heads", "faults", "milliseconds"])
        return None
    running.delete()
    return _kept(
        size=part.last,
        root=part.root_hash,
        heads=running.heads,
        faults=running.faults,
        milliseconds=running.milliseconds,
        by=by,
    )


@transaction.atomic
def _forget(after: int) -> None:
    RunningAudit.objects.filter(pk=1, checked=after).delete()


def _is_due() -> bool:
    newest = Audit.objects.order_by("-entry_id").first()
    if newest is not None:
        return newest.created_at <= clock.now() - EVERY
    oldest = Head.objects.order_by("tree_size").first()
    return oldest is not None and oldest.sealed_at <= clock.now() - EVERY


def _kept(*, size: int, root: str, heads: int, faults: int, milliseconds: int, by: Actor) -> Audit:
    entry = record(
        LedgerAudited(
            subject="ledger:centre",
            size=size,
            root=root,
            heads=heads,
            faults=faults,
            milliseconds=milliseconds,
        ),
        by=by,
    )
    return Audit.objects.create(
        door=by.door,
        tree_size=size,
        root_hash=root,
        heads=heads,
        faults=faults,
        milliseconds=milliseconds,
        entry=entry,
    )


def _require_system(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(_("Only an operator on the centre's machine decides this."))
