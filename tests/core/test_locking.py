"""Rows that are held still, with what they rest on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import reduce

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.models import Model

from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.services import label_item
from marketplace.annotation.project.standing import right_to_use
from marketplace.core.locking import share_lock, share_lock_with
from marketplace.preparation.report.selectors import report_of
from marketplace.rights.certificate.locks import lock_certificates
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.gate.proofs import HELD, lock_bound
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.negotiation.services import place_order
from tests.given import annotation as labelling
from tests.given import trading as given
from tests.given.threads import at_once
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def can_change(row: Model) -> bool:
    """Return whether a row can be written without waiting for a lock."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            type(row)._base_manager.filter(pk=row.pk).update(created_at=row.created_at)  # type: ignore[attr-defined]
    except OperationalError:
        return False
    return True


def can_rely_on(row: Model) -> bool:
    """Return whether a row can be held still without waiting for a lock."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            share_lock(row)
    except OperationalError:
        return False
    return True


def test_an_order_keeps_others_from_its_listing() -> None:
    """Who only held it still would see it free together with another buyer."""
    world = World()
    listing = given.published(world)
    with transaction.atomic():
        place_order(listing.pk, purpose="Pricing.", request_key="k", by=world.actor("buyer"))
        assert at_once(1, lambda number: can_rely_on(listing)) == [False]
    assert can_rely_on(listing)


def test_certificates_over_data_are_locked_together() -> None:
    """For whoever changes one of them: another must not rely on it meanwhile."""
    certificate = given.published(World()).certificate
    assert certificate is not None
    with transaction.atomic():
        lock_certificates(certificate.dataset_id)
        assert at_once(1, lambda number: can_rely_on(certificate)) == [False]
    assert can_rely_on(certificate)


def test_nothing_of_a_held_listing_can_be_changed() -> None:
    """Neither the listing nor any of its proofs, until the transaction ends."""
    listing = given.published(World())
    names = (*HELD, "appraisal")
    rows = [listing, *(reduce(getattr, name.split("__"), listing) for name in names)]
    with transaction.atomic():
        assert share_lock_with(Listing, *names, pk=listing.pk)
        assert not any(at_once(len(rows), lambda number: can_change(rows[number])))
    assert all(map(can_change, rows))


def test_what_an_item_is_labelled_by_is_held_until_it_is() -> None:
    """Its batch, dataset, verdict and right: who hands in or freezes does it before or after."""
    world = World()
    task = labelling.seen_task(world)
    batch = Batch.objects.select_related("annotator__project__version__dataset").get(
        pk=task.batch_id
    )
    version = batch.annotator.project.version
    rows = [batch, task, version.dataset, report_of(version.pk), right_to_use(version)]
    held = [row for row in rows if row is not None]
    with transaction.atomic():
        label_item(task.pk, answer=labelling.LOW, by=world.actor("annotator"))
        assert not any(at_once(len(rows), lambda number: can_change(held[number])))
    assert all(map(can_change, held))


def test_what_lacks_a_proof_is_not_held() -> None:
    """A draft has no certificate bound; it is told, and the longer way reads it."""
    listing = given.drafted(World())
    with transaction.atomic():
        assert not share_lock_with(Listing, *HELD, pk=listing.pk)
        current, proofs = lock_bound(listing)
    assert current == listing
    assert proofs.certificate is None


def test_what_is_read_after_waiting_is_what_stands() -> None:
    """Who waited for somebody that froze the certificate sees it frozen."""
    world = World()
    listing = given.published(world)
    certificate = listing.certificate
    assert certificate is not None
    reviewer = world.actor("reviewer")

    def read() -> str:
        try:
            with transaction.atomic():
                proofs = lock_bound(listing)[1]
            assert proofs.certificate is not None
            return proofs.certificate.state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            freeze_certificate(certificate.pk, reason="A court order.", by=reviewer)
            state = pool.submit(read)
            while not somebody_waits():
                assert not state.done()
        assert state.result() == "frozen"


def somebody_waits() -> bool:
    """Return whether somebody waits for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks "
            "WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])
