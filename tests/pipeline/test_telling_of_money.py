"""Who is told of what is owed, paid, refunded and disputed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import resolve

from marketplace.notices.models import Notice
from marketplace.pipeline.models import SetAside
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.settlement.services import bill_usage
from tests.conftest import PageClients
from tests.given import disputes, money
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World
from tests.trading.listings.test_plans import METERED
from tests.trading.orders.test_billing import pay

BUYERS, SELLERS = {"buyer", "second_buyer"}, {"officer", "colleague"}
REVIEWERS = {"reviewer", "second_reviewer"}


def told(kind: str) -> set[str]:
    """Return who was told of a kind of thing, by the local part of their address."""
    catch_up()
    rows = Notice.objects.filter(kind=kind).select_related("person")
    return {notice.person.email.partition("@")[0] for notice in rows}


def amounts(kind: str) -> set[str]:
    """Return the amounts that were named."""
    return {notice.parameters["amount"] for notice in Notice.objects.filter(kind=kind)}


@pytest.fixture(autouse=True)
def _everybody_can_look(page_of: PageClients) -> object:
    """Every reaction happened, and whoever is told of a thing can open its page."""
    yield
    # The builders deliver before the pipeline looks, so it finds no payment that is still held.
    aside = SetAside.objects.exclude(error_code__in=("broker-silent", "broker-missing"))
    aside = aside.exclude(reaction="grant_access")
    assert [f"{row.reaction}: {row.error}" for row in aside] == []
    seen = Notice.objects.select_related("person").order_by("kind", "person")
    for notice in seen.filter(kind__in=[*MONEY_KINDS, *DISPUTE_KINDS]):
        assert resolve(notice.url).url_name
        answer = page_of(notice.person.email.partition("@")[0]).get(notice.url)
        assert answer.status_code == 200, f"{notice.person} cannot open {notice.url}"


MONEY_KINDS = [
    *("charge_opened", "payment_arrived", "further_payment"),
    *("payment_unallocated", "disbursement_proposed"),
    *("disbursement_decided", "money_refunded", "money_paid_out"),
]
DISPUTE_KINDS = [
    *("dispute_opened", "settlement_proposed", "settlement_answered"),
    *("dispute_decided", "dispute_appealed", "dispute_withdrawn"),
    "dispute_ended",
]


def test_what_is_owed_and_paid(world: World) -> None:
    """The invoice and the receipt to the buyer, a further payment to the seller too."""
    listing = given.published(world, price=Decimal("0.00"), plan=METERED)
    order = given.signed(world, given.placed(world, listing))
    assert told("charge_opened") == BUYERS
    [due] = {each.parameters["day"] for each in Notice.objects.filter(kind="charge_opened")}
    assert due == money.charge_of(order).due_on.isoformat()
    pay(world, money.charge_of(order), "TX-BASE")
    assert told("payment_arrived") == BUYERS
    assert told("further_payment") == set()
    charge = bill_usage(order.pk, period="2026-03", units=20_000, by=given.SYSTEM)
    assert charge is not None
    pay(world, charge, "TX-USE")
    assert told("further_payment") == SELLERS
    assert amounts("charge_opened") == {"50.00 CNY", "28.00 CNY"}
    assert amounts("payment_arrived") == {"50.00 CNY", "28.00 CNY"}


def test_what_waits_for_the_treasurer(world: World) -> None:
    """A payment that fits nothing; whoever may decide on its return, but for who proposed it."""
    payment = money.unallocated(world)
    assert told("payment_unallocated") == {"treasurer", "second_treasurer"}
    proposed = money.proposed_return(world, payment)
    assert told("disbursement_proposed") == REVIEWERS | {"second_treasurer"}
    money.approved(world, proposed)
    assert told("disbursement_decided") == {"treasurer"}
    assert told("money_paid_out") == told("money_refunded") == set()


def test_a_refund(world: World) -> None:
    """To both sides: the one gets it, the other gets less."""
    money.approved(world, money.proposed_refund(world))
    assert told("money_refunded") == BUYERS | SELLERS
    assert amounts("money_refunded") == {"2,000.00 CNY"}


def test_a_payout(world: World) -> None:
    """To whoever keeps the money of the account's organization, and to who sells for it."""
    account = money.seller_account(world)
    money.approved(world, money.proposed_payout(world, account, amount=Decimal("1000.00")))
    assert told("money_paid_out") == SELLERS | {"finance"}


def test_a_payout_of_the_centres_own_fees(world: World) -> None:
    """Nobody outside is told; a rejection is told to who proposed."""
    money.seller_account(world)
    fees = Account.objects.get(kind=AccountKind.FEE)
    money.approved(world, money.proposed_payout(world, fees, amount=Decimal("100.00")))
    assert told("money_paid_out") == set()
    assert told("disbursement_decided") == {"treasurer"}


def test_a_rejected_refund(world: World) -> None:
    """Neither side is told of money that stays."""
    money.rejected(world)
    assert told("disbursement_decided") == {"treasurer"}
    assert told("money_refunded") == set()


def test_a_dispute_that_is_settled(world: World) -> None:
    """Opened by the buyer, proposed by the centre, agreed by both."""
    disputes.settled(world)
    assert told("dispute_opened") == SELLERS | REVIEWERS
    assert told("settlement_proposed") == BUYERS | SELLERS
    assert told("settlement_answered") == BUYERS | SELLERS | REVIEWERS
    assert told("dispute_ended") == BUYERS | SELLERS
    assert amounts("dispute_ended") == {"4,000.00 CNY"}


def test_a_dispute_that_is_decided_and_appealed(world: World) -> None:
    """The decision names the last day to appeal; the seller appeals."""
    dispute = disputes.appealed(world)
    assert told("dispute_decided") == BUYERS | SELLERS
    assert dispute.appeal_until is not None
    days = {each.parameters["day"] for each in Notice.objects.filter(kind="dispute_decided")}
    assert days == {dispute.appeal_until.isoformat()}
    assert told("dispute_appealed") == BUYERS | REVIEWERS


@pytest.mark.parametrize(("by", "others"), [("buyer", SELLERS), ("officer", BUYERS)])
def test_a_dispute_of_either_side(by: str, others: set[str], world: World) -> None:
    """The other side is told."""
    disputes.opened(world, by=by)
    assert told("dispute_opened") == others | REVIEWERS


def test_a_withdrawn_dispute(world: World) -> None:
    """The order goes on, and the seller hears of it."""
    dispute = disputes.withdrawn(world)
    assert told("dispute_withdrawn") == SELLERS | REVIEWERS
    accept_delivery(dispute.order_id, by=world.actor("buyer"))
