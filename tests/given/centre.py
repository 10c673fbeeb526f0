"""Settings of the centre and announcements in each state, reached by acts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from marketplace.accounts.setting.models import Announcement, CentreSetting
from marketplace.accounts.setting.services import (
    announce,
    confirm_setting,
    drop_setting,
    propose_setting,
)
from marketplace.core import clock
from tests.given.shelf import kept
from tests.given.world import World

REASON = "Resolution 7 of the board of 2 March 2026."
ACCOUNT = "Lanwan Centre, Example Bank, 6222 0000 1111 2222"
TEXTS = {
    "text": "The centre is closed on Friday.",
    "text_chinese": "本中心周五休息。",
}


def first_day() -> date:
    """Return a day to come."""
    return clock.today() + timedelta(days=3)


def tomorrow() -> datetime:
    """Return an end to come, to the second."""
    return (clock.now() + timedelta(days=1)).replace(microsecond=0)


@kept
def proposed_fee(world: World, *, rate: str = "0.03") -> CentreSetting:
    """Let an administrator propose a fee."""
    return propose_setting(
        kind="fee",
        rate=Decimal(rate),
        effective_on=first_day(),
        reason=REASON,
        by=world.actor("second_administrator"),
    )


@kept
def confirmed_fee(world: World, *, rate: str = "0.03") -> CentreSetting:
    """Let another administrator confirm a fee."""
    setting = proposed_fee(world, rate=rate)
    return confirm_setting(setting.pk, by=world.actor("administrator"))


@kept
def confirmed_account(world: World) -> CentreSetting:
    """Let two administrators set the bank account."""
    by = world.actor("second_administrator")
    setting = propose_setting(kind="bank-account", account=ACCOUNT, reason=REASON, by=by)
    return confirm_setting(setting.pk, by=world.actor("administrator"))


@kept
def dropped_fee(world: World) -> CentreSetting:
    """Let an administrator drop a fee."""
    setting = proposed_fee(world)
    return drop_setting(setting.pk, reason="Postponed.", by=world.actor("second_administrator"))


@kept
def announced(world: World, **changes: Any) -> Announcement:
    """Announce that the centre is closed."""
    said = TEXTS | {"until": tomorrow()} | changes
    return announce(**said, by=world.actor("second_administrator"))
