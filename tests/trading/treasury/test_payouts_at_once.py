"""Money leaves two accounts of the centre's own at once: together no more than may leave."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, connections, transaction

from marketplace.core.errors import Refusal
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.drawing import payable_of
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.services import approve_disbursement
from tests.given import money
from tests.given import trading as given
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def waiting() -> int:
    """Return how many transactions wait for a lock."""
    with connection.cursor() as cursor:
        # A transaction sees the sessions of its first look else.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
        )
        return int(cursor.fetchone()[0])


def test_two_accounts_of_the_centre_pay_out_no_more_than_it_has() -> None:
    """Both are looked at before either is booked; the second is refused by what the first took."""
    world = World()
    given.completed(world)
    money.booked_item(world, money.bank_fee(world))
    money.booked_item(world, money.interest(world), ItemKind.INTEREST)
    by = world.actor("reviewer")
    kinds = (AccountKind.FEE, AccountKind.INTEREST)
    accounts = [Account.objects.get(kind=kind) for kind in kinds]
    most = [payable_of(account) for account in accounts]
    sent = [
        money.proposed_payout(world, account, amount=amount)
        for account, amount in zip(accounts, most, strict=True)
    ]

    def approved(one: Disbursement) -> Disbursement | Refusal:
        try:
            return approve_disbursement(one.pk, by=by)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Account.objects.select_for_update().get(kind=AccountKind.OUTSIDE)
            answers = [pool.submit(approved, one) for one in sent]
            while waiting() < len(sent):
                assert not any(answer.done() for answer in answers)
        results = [answer.result(timeout=60) for answer in answers]
    refused = [result for result in results if isinstance(result, Refusal)]
    assert [refusal.code for refusal in refused] == ["balance-too-low"]
    own = Account.objects.filter(kind__in=(*kinds, AccountKind.BANK_FEE))
    assert sum(account.balance for account in own) >= Decimal(0)
