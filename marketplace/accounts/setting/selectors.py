from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import get_language

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.setting.models import Announcement, CentreSetting, SettingKind
from marketplace.accounts.setting.states import SettingState
from marketplace.core import Actor, clock

SHOWN_NOW = "announcements"
"""Under what the cache keeps the announcements that are not over, for whoever draws a page."""
KEPT_SECONDS = 15


def settings_visible_to(by: Actor) -> QuerySet[CentreSetting]:
    """Return the settings that were proposed, newest first, to the centre's staff alone."""
    rows = CentreSetting.objects.order_by("-created_at")
    return rows if is_centre_staff(by) else rows.none()


def settings_to_confirm(by: Actor) -> QuerySet[CentreSetting]:
    """Return what waits for a second administrator, oldest first."""
    return settings_visible_to(by).filter(state=SettingState.OPEN).order_by("created_at")


def announcements_visible_to(_by: Actor) -> QuerySet[Announcement]:
    """Return what was announced, newest first: everybody reads it."""
    return Announcement.objects.order_by("-created_at")


def announcements_run_by(by: Actor) -> QuerySet[Announcement]:
    """Return what was announced, to the centre's staff, who alone may have to do with it."""
    rows = announcements_visible_to(by)
    return rows if is_centre_staff(by) else rows.none()


def fee_rate_on(day: date) -> Decimal:
    """Return the centre's share of the price of contracts that are drawn up on a day."""
    found = (
        _confirmed(SettingKind.FEE)
        .filter(effective_on__lte=day)
        .order_by("-effective_on", "-decided_at")
        .values_list("rate", flat=True)
        .first()
    )
    return Decimal(settings.CENTRE["FEE_RATE"]) if found is None else found


def centre_bank_account() -> str:
    """Return the account to which buyers transfer: what two set, else what the machine is told."""
    rows = _confirmed(SettingKind.BANK_ACCOUNT).order_by("-decided_at")
    found = rows.values_list("account", flat=True).first()
    return str(found or settings.CENTRE["BANK_ACCOUNT"])


def announced_now() -> list[str]:
    """Return what is announced at this moment, in the language of the moment, newest first.

    Other processes than that of the act may show the state of some seconds ago.
    """
    now = clock.now()
    rows = cache.get(SHOWN_NOW)
    if rows is None:
        found = Announcement.objects.filter(ended_at=None, until__gt=now).order_by("-created_at")
        rows = list(found.values_list("text", "text_chinese", "until"))
        cache.set(SHOWN_NOW, rows, KEPT_SECONDS)
    is_chinese = (get_language() or "").startswith("zh")
    return [chinese if is_chinese else text for text, chinese, until in rows if until > now]


def _confirmed(kind: SettingKind) -> QuerySet[CentreSetting]:
    return CentreSetting.objects.filter(kind=kind, state=SettingState.CONFIRMED)
