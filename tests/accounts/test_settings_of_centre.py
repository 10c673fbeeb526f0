"""Fee, bank account and announcements: set by two, from their day, shown where they hold."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from marketplace.accounts.setting.models import Announcement, CentreSetting
from marketplace.accounts.setting.selectors import (
    announced_now,
    centre_bank_account,
    fee_rate_on,
)
from marketplace.accounts.setting.services import (
    confirm_setting,
    end_announcement,
    propose_setting,
)
from marketplace.core import clock
from marketplace.core.errors import Invalid, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.dividing import fee_rate_of
from tests.conftest import ApiClients, PageClients
from tests.given import centre
from tests.given import trading as given
from tests.given.world import World

D = Decimal


def test_contracts_that_stand_keep_their_fee(world: World) -> None:
    """The new one holds from its first day, for contracts that are drawn up from then on."""
    before = given.delivered(world)
    setting = centre.confirmed_fee(world)
    assert setting.effective_on is not None
    assert fee_rate_on(setting.effective_on - timedelta(days=1)) == D(settings.CENTRE["FEE_RATE"])
    assert fee_rate_on(setting.effective_on) == D("0.03")
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        later = given.placed(world, before.listing)
        given.accepted(world, later)
        accept_delivery(before.pk, by=world.actor("buyer"))
        assert fee_rate_of(Order.objects.get(pk=later.pk)) == D("0.03")
    assert fee_rate_of(before) == D("0.02")
    assert Account.objects.get(kind=AccountKind.FEE).balance == D("240.00")


def test_one_account_waits_until_another_person_confirms(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Then buyers are told of it on pages and by the API, and the ledger holds its digest alone."""
    order = given.signed(world)
    page = reverse("order_detail", args=[order.pk])
    assert centre.ACCOUNT not in page_of("buyer").get(page).content.decode()
    centre.confirmed_account(world)
    assert centre_bank_account() == centre.ACCOUNT
    assert centre.ACCOUNT in page_of("buyer").get(page).content.decode()
    charges = api_of("buyer").get(reverse("api_list_charges")).json()
    assert {row["pay_to"] for row in charges["results"]} == {centre.ACCOUNT}
    assert "6222" not in str(list(Entry.objects.values_list("payload", flat=True)))


def test_the_database_keeps_the_two_apart(world: World) -> None:
    """Whatever wrote the row."""
    setting = centre.proposed_fee(world)
    one = setting.proposed_by_id
    with pytest.raises(IntegrityError), transaction.atomic():
        CentreSetting.objects.filter(pk=setting.pk).update(decided_by_id=one)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": D("0.03")},
        {"rate": D("1.0001")},
        {"rate": D("-0.01")},
        {"rate": D("0.00001")},
        {"rate": D("NaN")},
        {"rate": None},
        {"kind": "bank-account"},
        {"kind": "bank-account", "account": "9" * 201},
    ],
    ids=str,
)
def test_what_is_no_setting_is_refused(wrong: dict[str, object], world: World) -> None:
    """A fee without a share or with a past first day, an account that says nothing."""
    today = clock.today()
    on = today if wrong == {"rate": D("0.03")} else centre.first_day()
    asked = {"kind": "fee", "rate": D("0.03"), "effective_on": on, "reason": centre.REASON} | wrong
    with pytest.raises(Invalid) as refusal:
        propose_setting(**asked, by=world.actor("administrator"))  # type: ignore[arg-type]
    assert refusal.value.code == "setting-invalid"
    assert not CentreSetting.objects.exists()


def test_a_fee_whose_day_has_come_is_not_confirmed(world: World) -> None:
    """It would hold for contracts that were drawn up under another."""
    setting = centre.proposed_fee(world)
    late = clock.now() + timedelta(days=3)
    with clock.stopped_at(late), pytest.raises(WrongState) as refusal:
        confirm_setting(setting.pk, by=world.actor("administrator"))
    assert refusal.value.code == "setting-too-late"
    assert fee_rate_on(centre.first_day()) == D(settings.CENTRE["FEE_RATE"])


def test_another_of_the_kind_waits(world: World) -> None:
    """Nobody has to guess which of two is confirmed."""
    centre.proposed_fee(world)
    with pytest.raises(WrongState) as refusal:
        propose_setting(
            kind="fee",
            rate=D("0.04"),
            effective_on=centre.first_day(),
            reason=centre.REASON,
            by=world.actor("second_administrator"),
        )
    assert refusal.value.code == "setting-waiting"
    assert CentreSetting.objects.count() == 1


def test_who_is_to_confirm_finds_it_on_the_desk(world: World, page_of: PageClients) -> None:
    """The other administrator alone."""
    setting = centre.proposed_fee(world)
    address = reverse("setting_detail", args=[setting.pk])
    assert address in page_of("administrator").get(reverse("desk")).content.decode()
    assert address not in page_of("second_administrator").get(reverse("desk")).content.decode()


def test_an_announcement_stands_on_every_page_until_its_end(
    world: World, page_of: PageClients, django_capture_on_commit_callbacks: Any
) -> None:
    """In the language of the page, to whoever reads it."""
    with django_capture_on_commit_callbacks(execute=True):
        announcement = centre.announced(world)
    for person, name in (("", "market"), ("buyer", "desk"), ("", "account_login")):
        client = page_of(person)
        assert centre.TEXTS["text"] in client.get(reverse(name)).content.decode()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
        chinese = client.get(reverse(name)).content.decode()
        assert centre.TEXTS["text_chinese"] in chinese
        assert centre.TEXTS["text"] not in chinese
    with clock.stopped_at(announcement.until):
        assert announced_now() == []


def test_what_is_taken_down_is_shown_no_more(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    """Others stay."""
    first = centre.announced(world)
    second = centre.announced(world, text="Fees change.", text_chinese="服务费调整。")
    with override("zh-hans"):
        assert announced_now() == ["服务费调整。", centre.TEXTS["text_chinese"]]
    with django_capture_on_commit_callbacks(execute=True):
        end_announcement(second.pk, by=world.actor("second_administrator"))
    assert announced_now() == [first.text]
    assert Announcement.objects.count() == 2


@pytest.mark.parametrize("kind", ["centresetting", "announcement"])
def test_both_are_set_in_the_admin(kind: str, world: World, page_of: PageClients) -> None:
    """By the acts: what they refuse stands at the form."""
    address = reverse(f"admin:accounts_{kind}_add")
    client = page_of("administrator")
    assert client.get(address).status_code == 200
    end = centre.tomorrow().strftime("%Y-%m-%d %H:%M")
    sent = {
        "centresetting": {"kind": "bank-account", "account": centre.ACCOUNT, "reason": "R 7."},
        "announcement": centre.TEXTS | {"until": end},
    }[kind]
    assert client.post(address, {}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert (CentreSetting if kind == "centresetting" else Announcement).objects.count() == 1
    page_of("reviewer").post(address, sent)
    assert (CentreSetting if kind == "centresetting" else Announcement).objects.count() == 1
