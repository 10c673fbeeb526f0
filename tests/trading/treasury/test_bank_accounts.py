"""Money leaves the centre to proved bank accounts alone; who changes one before a payout waits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from marketplace.accounts.roles import Role
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.books.models import Account, AccountKind, Transfer
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_account.numbers import checked_account
from marketplace.trading.treasury.bank_account.selectors import account_in_force
from marketplace.trading.treasury.bank_account.services import (
    confirm_bank_account,
    prove_bank_account,
    state_bank_account,
    vouch_bank_account,
    withdraw_bank_account,
)
from marketplace.trading.treasury.payout.services import approve_disbursement, propose_payout
from tests.given import money
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World

OTHER = {"number": "FR14 2004 1010 0505 0001 3M02 606", "bank_code": "PSSTFRPPXXX"}


def another(world: World, *, by: str = "finance") -> BankAccount:
    """State another account of the seller, and prove it by a transfer from it."""
    account = state_bank_account(world.organization(by).pk, **OTHER, by=world.actor(by))
    proof = money.line(f"TX-{account.pk.hex[:8]}", "0.01", account.reference)
    money.book(world, money.statement(proof))
    vouch_bank_account(account.pk, by=world.actor("treasurer"))
    return prove_bank_account(account.pk, by=world.actor("second_treasurer"))


def payout(world: World, account: Account, key: str = "a-payout") -> Any:
    """Propose to pay out what a seller has."""
    return propose_payout(
        account.pk,
        amount=Decimal("100.00"),
        reason="The seller asked for it.",
        request_key=key,
        by=world.actor("treasurer"),
    )


def in_force(world: World) -> BankAccount | None:
    """Return where the seller's money goes."""
    return account_in_force(world.organization("finance").pk, "CNY")


@pytest.mark.parametrize(
    ("number", "bank_code"),
    [
        ("DE89 3704 0044 0532 0130 00", "COBADEFFXXX"),
        ("de89370400440532013000", "cobadeff"),
        ("6222 0212 3456 7890 128", "102100099996"),
        ("35001234567890123456", "102-100-099-996"),
    ],
)
def test_a_right_number(number: str, bank_code: str) -> None:
    """With blanks and small letters as people write them."""
    kept = checked_account(number, bank_code)
    assert kept[0].isalnum()
    assert kept[1].isalnum()


@pytest.mark.parametrize(
    ("number", "bank_code", "code"),
    [
        ("DE89 3704 0044 0532 0130 01", "COBADEFFXXX", "bank-account-number"),
        ("DE89 3704 0044 0532 0130 00", "102100099996", "bank-code"),
        ("6222 0212 3456 7890 127", "102100099996", "bank-account-number"),
        ("3500123456789012", "102100099995", "bank-code"),
        ("3500123456789012", "COBADEFFXXX", "bank-code"),
        ("1234567", "102100099996", "bank-account-number"),
        ("３５００１２３４５６７８９０１２", "102100099996", "bank-account-number"),
        ("", "", "bank-account-number"),
        ("x" * 4000, "y" * 4000, "bank-account-number"),
    ],
)
def test_a_mistyped_number(number: str, bank_code: str, code: str) -> None:
    """Check digits find it, where there are any."""
    with pytest.raises(Invalid) as refused:
        checked_account(number, bank_code)
    assert refused.value.code == code


def test_nothing_goes_to_an_account_that_is_not_proved(world: World) -> None:
    """Neither when it is stated, nor when one officer saw the transfer."""
    given.completed(world)
    account = Account.objects.get(kind=AccountKind.SELLER)
    for reach in (money.stated_account, money.tried_account, money.vouched_account):
        reach(world)
        with pytest.raises(WrongState) as refused:
            payout(world, account)
        assert refused.value.code == "no-bank-account"
    assert not Transfer.objects.filter(kind="payout").exists()


def test_an_owner_who_stated_it_does_not_confirm_it(world: World) -> None:
    """A second owner does, or nobody before its days have passed."""
    owner = world.actor("officer")
    number, bank = money.NUMBERS["finance"], money.BANKS["finance"]
    own = world.organization("officer").pk
    account = state_bank_account(own, number=number, bank_code=bank, by=owner)
    assert owner.has(Role.OWNER)
    with pytest.raises(NotAllowed) as refused:
        confirm_bank_account(account.pk, by=owner)
    assert refused.value.code == "stated-by-you"


def test_a_proved_account_waits_some_days(world: World) -> None:
    """Until then the one before it stays."""
    proved = money.proved_account(world)
    assert in_force(world) is None
    with clock.stopped_at(clock.now() + timedelta(days=2, hours=23)):
        assert in_force(world) is None
    with clock.stopped_at(clock.now() + timedelta(days=3, minutes=1)):
        assert in_force(world) == proved


def test_a_second_owner_ends_the_wait_and_who_stated_it_does_not(world: World) -> None:
    """By the act, and the owners were told before."""
    proved = money.proved_account(world)
    with pytest.raises(NotAllowed):
        confirm_bank_account(proved.pk, by=world.actor("finance"))
    confirm_bank_account(proved.pk, by=world.actor("officer"))
    assert in_force(world) == proved
    with pytest.raises(WrongState):
        confirm_bank_account(proved.pk, by=world.actor("officer"))


def test_who_changes_the_account_before_a_payout_gains_nothing(world: World) -> None:
    """A finance officer of the seller, or who took their password, names an own account.

    The transfer from it proves it, for it is theirs. The payout that was proposed goes to the old
    one; a new one does so for days; the owner is told twice, and takes the account back.
    """
    account = money.seller_account(world)
    old = in_force(world)
    waiting = payout(world, account)
    thief = another(world)
    assert in_force(world) == old
    assert payout(world, account, "a-second-payout").bank_account == old
    assert approve_disbursement(waiting.pk, by=world.actor("reviewer")).bank_account == old
    catch_up()
    told = Notice.objects.filter(person=world.person("officer"), kind__startswith="bank_account")
    assert {"bank_account_stated", "bank_account_proved"} <= set(
        told.values_list("kind", flat=True)
    )
    withdraw_bank_account(thief.pk, reason="Nobody of us.", by=world.actor("officer"))
    with clock.stopped_at(clock.now() + timedelta(days=30)):
        assert in_force(world) == old


def test_a_payout_to_an_account_of_before_is_not_approved(world: World) -> None:
    """What was proposed before a change is proposed anew."""
    account = money.seller_account(world)
    waiting = payout(world, account)
    confirm_bank_account(another(world).pk, by=world.actor("officer"))
    with pytest.raises(WrongState) as refused:
        approve_disbursement(waiting.pk, by=world.actor("reviewer"))
    assert refused.value.code == "bank-account-changed"
    assert not Transfer.objects.filter(kind="payout").exists()


def test_an_account_of_before_does_not_come_back(world: World) -> None:
    """Whoever withdraws the one in force may have closed the one before long ago."""
    account = money.seller_account(world)
    new = confirm_bank_account(another(world).pk, by=world.actor("officer"))
    withdraw_bank_account(new.pk, reason="It was closed.", by=world.actor("officer"))
    assert in_force(world) is None
    with pytest.raises(WrongState) as refused:
        payout(world, account)
    assert refused.value.code == "no-bank-account"


def test_only_a_transfer_with_its_own_reference_proves(world: World) -> None:
    """That of another account does not, however much it is."""
    stated = money.stated_account(world)
    money.book(world, money.statement(money.line("TX-0001", "1.00", "Proof")))
    money.tried_account(world, "buyer")
    with pytest.raises(WrongState) as refused:
        vouch_bank_account(stated.pk, by=world.actor("treasurer"))
    assert refused.value.code == "no-proof"


def test_who_may_state_an_account(world: World) -> None:
    """Its owners and finance officers; numbers stand in no ledger."""
    house = world.organization("finance").pk
    for person in ("colleague", "buyer", "treasurer"):
        with pytest.raises((NotAllowed, NotFound)):
            state_bank_account(house, **OTHER, by=world.actor(person))
    state_bank_account(house, **OTHER, by=world.actor("officer"))
    entry = Entry.objects.get(kind="trading.bank_account_stated")
    assert "FR14" not in str(entry.payload)
