"""A proven re-identification takes the verdict back, and with it all that rests on it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.accounts.roles import Role
from marketplace.core import clock
from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.credentials.selectors import check_number
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import issue_grant, look_at_download
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.pipeline.reactions import reactions_to
from marketplace.preparation.recall.services import recall_report
from marketplace.preparation.report.choices import RecallCause
from marketplace.preparation.report.models import RiskReport
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.deletion.services import state_deletion
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.services import (
    decide_reidentification,
    examine_reidentification,
    propose_recall,
    report_reidentification,
)
from marketplace.trading.orders.settlement.models import Invoice
from tests.conftest import ApiClients, PageClients
from tests.given import recalls
from tests.given import trading as given
from tests.given.two import with_roles
from tests.given.world import World
from tests.trading.orders.test_disputes import standing

D = Decimal


def order_now(order: Order) -> Order:
    """Read an order anew."""
    return Order.objects.get(pk=order.pk)


def follow(*kinds: str) -> None:
    """Let what follows from the facts of these kinds happen, as the pipeline does."""
    for kind in kinds:
        for entry in Entry.objects.filter(kind=kind):
            for react in reactions_to(kind):
                react(entry)


def undone() -> None:
    """Let all that follows from a recalled verdict happen."""
    follow(
        *("preparation.risk_report_recalled", "trading.order_recall_begun"),
        *("trading.order_recalled", "trading.deletion_asked"),
    )


def test_from_the_report_to_the_refund(world: World, page_of: PageClients) -> None:
    """Withdrawn at once; then listings stop, access ends, money goes back, deletion is stated."""
    order = given.paid(world)
    grant = issue_grant(order.pk, by=given.SYSTEM)
    mark_delivered(order.pk, by=given.SYSTEM)
    waiting = given.placed(world, order.listing, by="second_buyer")
    report = order.listing.risk_report
    assert report is not None
    assert report.credential is not None
    visitor = page_of("")
    sent = {"named": report.credential.number, "found": recalls.FOUND, "how": recalls.HOW}
    answer = visitor.post(reverse("reidentification_report"), sent, follow=True)
    doubt = Reidentification.objects.get()
    assert doubt.reference[:4] in answer.content.decode()
    recalls.examined(world, doubt)
    assert check_number(report.credential.number).valid
    decide_reidentification(doubt.pk, is_confirmed=True, by=world.actor("second_reviewer"))

    # Before any reaction has run.
    report.refresh_from_db()
    assert (report.state, report.recall) == ("withdrawn", "reidentified")
    assert [each.code for each in check_number(report.credential.number).doubts] == ["revoked"]
    with pytest.raises(WrongState) as refused:
        look_at_download(grant.pk, by=world.actor("buyer"))
    assert refused.value.code == "risk-withdrawn"
    with pytest.raises(WrongState) as refused:
        accept_order(waiting.pk, by=world.actor("officer"))
    assert refused.value.code == "risk-withdrawn"

    follow("trading.reidentification_reported", "trading.reidentification_examined")
    undone()
    assert Listing.objects.get().state == "suspended"
    assert Grant.objects.get().state == "revoked"
    assert (order_now(order).state, order_now(waiting).state) == ("refunded", "declined")
    assert standing() == {"buyer": D("12000.00")}
    assert Invoice.objects.get(kind="credit").amount == D("12000.00")
    told = Notice.objects.filter(person=world.person("buyer"))
    assert {"data_recalled", "deletion_asked"} <= set(told.values_list("kind", flat=True))
    due = Deletion.objects.get(order=order).due_on
    assert due == clock.today() + timedelta(days=order.agreed_terms.deletion_days)
    assert not Deletion.objects.filter(order=waiting).exists()

    page = page_of("buyer").get(reverse("order_detail", args=[order.pk])).content.decode()
    assert "State the deletion" in page
    state_deletion(order.pk, statement=recalls.STATEMENT, by=world.actor("buyer"))
    follow("trading.deletion_stated")
    assert Notice.objects.filter(kind="deletion_stated", person=world.person("officer")).exists()
    shown = visitor.get(reverse("reidentification_reported"), {"reference": doubt.reference})
    assert recalls.REASON in shown.content.decode()
    assert recalls.FOUND not in shown.content.decode()
    kept = "".join(str(entry.payload) for entry in Entry.objects.all())
    assert not any(text in kept for text in (recalls.FOUND, recalls.HOW, recalls.STATEMENT))


def test_a_report_by_whoever_is_signed_in_names_nobody(world: World, api_of: ApiClients) -> None:
    listing = given.published(world)
    sent = {"named": str(listing.pk), "found": recalls.FOUND, "how": recalls.HOW}
    answer = api_of("buyer").post(reverse("api_report_reidentification"), sent, format="json")
    assert answer.status_code == 201
    assert set(answer.json()) == {"reference", "state", "decided_at", "created_at"}
    entry = Entry.objects.get(kind="trading.reidentification_reported")
    assert (entry.person_id, entry.organization_id) == (None, None)


def test_what_is_named_and_what_is_not_found(world: World) -> None:
    """Address, key, and the numbers of risk report and certificate lead to the same report."""
    listing = given.published(world)
    assert listing.risk_report is not None
    assert listing.certificate is not None
    assert listing.risk_report.credential is not None
    numbers = [listing.risk_report.credential.number, listing.certificate.credential.number]
    address = f"https://centre.example{reverse('listing_public', args=[listing.pk])}"
    for place, named in enumerate([str(listing.pk), address, *numbers, numbers[0].lower()]):
        doubt = report_reidentification(named=named, found=f"F{place}", how="H", by=NOBODY)
        assert doubt.risk_report_id == listing.risk_report_id
    for named in ("", "RR-209912-9999", "\x00", str(listing.product.dataset_id), "//", "a" * 500):
        with pytest.raises(Invalid) as refused:
            report_reidentification(named=named, found="F", how="H", by=NOBODY)
        assert refused.value.code == "data-unknown"
    with pytest.raises(Invalid) as refused:
        report_reidentification(named=str(listing.pk), found=" ", how="x" * 2001, by=NOBODY)
    assert set(refused.value.fields) == {"found", "how"}


def test_the_same_words_are_one_report_and_others_another(world: World) -> None:
    """A second report is examined as the first; of a recalled verdict nothing is reported."""
    listing = given.published(world)
    first = recalls.reported(world, listing)
    assert (
        report_reidentification(
            named=str(listing.pk), found=f" {recalls.FOUND} ", how=recalls.HOW, by=NOBODY
        )
        == first
    )
    second = recalls.reported(world, listing, found="Another driver, too.")
    assert second.reference != first.reference
    recalls.decided(world, first)
    recalls.decided(world, second)
    assert Entry.objects.filter(kind="preparation.risk_report_recalled").count() == 1
    with pytest.raises(WrongState) as refused:
        recalls.reported(world, listing, found="A third.")
    assert refused.value.code == "already-recalled"


def test_nobody_decides_alone_nor_on_data_of_their_own(world: World) -> None:
    """Neither in both roles, nor as a reviewer who has become one of the seller's people."""
    doubt = recalls.examined(world)
    with pytest.raises(NotAllowed):
        decide_reidentification(doubt.pk, is_confirmed=True, by=world.actor("reviewer"))
    with pytest.raises(WrongState):
        examine_reidentification(
            doubt.pk, is_proven=False, reason="R.", by=world.actor("second_reviewer")
        )
    own = world.actor("second_reviewer")
    seller = type(own)(
        person_id=own.person_id,
        organization_id=doubt.risk_report.organization_id,
        roles=frozenset({Role.REVIEWER.value}),
    )
    for act in (
        lambda: decide_reidentification(doubt.pk, is_confirmed=True, by=seller),
        lambda: recall_report(doubt.risk_report_id, cause=RecallCause.STRICTER, by=seller),
        lambda: propose_recall(
            doubt.risk_report_id, cause=RecallCause.STRICTER, reason="R.", by=seller
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        decide_reidentification(doubt.pk, is_confirmed=True, by=world.actor("officer"))
    assert RiskReport.objects.get(pk=doubt.risk_report_id).state == "in_force"


def test_a_second_examiner_who_does_not_agree_has_it_examined_anew(world: World) -> None:
    doubt = recalls.examined(world)
    back = decide_reidentification(doubt.pk, is_confirmed=False, by=world.actor("second_reviewer"))
    assert (back.state, back.outcome, back.reason) == ("received", None, "")
    done = recalls.decided(world, back, is_proven=False)
    assert done.state == "not_proven"
    assert RiskReport.objects.get(pk=doubt.risk_report_id).state == "in_force"
    assert not Entry.objects.filter(kind="preparation.risk_report_recalled").exists()


def test_what_the_centre_doubts_is_recalled_by_two(world: World) -> None:
    listing = given.published(world)
    assert listing.risk_report_id is not None
    reason, cause = "With the release of May it shows 12 drivers.", RecallCause.COMPOSITION
    first, second = world.actor("reviewer"), world.actor("second_reviewer")
    doubt = propose_recall(listing.risk_report_id, cause=cause, reason=reason, by=first)
    with pytest.raises(NotAllowed):
        decide_reidentification(doubt.pk, is_confirmed=True, by=first)
    with pytest.raises(Invalid):
        propose_recall(listing.risk_report_id, cause=cause, reason=" ", by=first)
    decide_reidentification(doubt.pk, is_confirmed=True, by=second)
    assert RiskReport.objects.get().recall == "composition"


def test_roles_that_left_cannot_read_what_was_reported(world: World, page_of: PageClients) -> None:
    """Nor auditors, administrators and sellers."""
    doubt = recalls.reported(world)
    page = reverse("reidentification_detail", args=[doubt.pk])
    for person in ("auditor", "administrator", "officer", "buyer"):
        assert page_of(person).get(page).status_code == 404
    with_roles(world, "second_reviewer", Role.FINANCE)
    assert page_of("second_reviewer").get(page).status_code == 404
    admin = reverse("admin:orders_reidentification_change", args=[doubt.pk])
    seen = page_of("administrator").get(admin)
    assert seen.status_code == 200
    assert recalls.FOUND not in seen.content.decode()
