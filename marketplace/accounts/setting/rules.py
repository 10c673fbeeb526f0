from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.accounts.setting.models import Announcement, CentreSetting, SettingKind
from marketplace.accounts.setting.states import SETTING, SettingState
from marketplace.core import (
    Actor,
    Allowed,
    Invalid,
    NotAllowed,
    Rule,
    WrongState,
    allowed,
    clock,
    longest_of,
)


def check_administers(_centre: None, by: Actor) -> UUID:
    """Return the person who sets something for the centre.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
    """
    if by.person_id is None or not by.has(Role.ADMINISTRATOR):
        raise NotAllowed(_("Only an administrator of the centre sets this."))
    return by.person_id


def check_confirm_setting(setting: CentreSetting, by: Actor) -> None:
    """Refuse to confirm a setting.

    Raises:
        NotAllowed: the actor is no administrator, or proposed it.
        WrongState: it is decided, or the day of a fee has come (`setting-too-late`).
    """
    if not is_second("setting", setting.proposed_by_id, by, of=()):
        raise NotAllowed(_("Another administrator confirms it than who proposed it."))
    SETTING.check(setting, SettingState.CONFIRMED)
    if setting.effective_on is not None and setting.effective_on <= clock.today():
        raise WrongState(
            _("Its first day has come. Drop it, and propose it with a later day."),
            code="setting-too-late",
        )


def check_drop_setting(setting: CentreSetting, by: Actor) -> None:
    """Refuse to drop a setting.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
        WrongState: it is decided.
    """
    check_administers(None, by)
    SETTING.check(setting, SettingState.DROPPED)


def check_end_announcement(announcement: Announcement, by: Actor) -> None:
    """Refuse to take an announcement down.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
        WrongState: it is over by itself.
    """
    check_administers(None, by)
    if announcement.ended_at is None and announcement.until <= clock.now():
        raise WrongState(_("This announcement is over already."))


def checked_value(
    kind: str, rate: Decimal | None, account: str, effective_on: date | None
) -> tuple[Decimal | None, str, date | None]:
    """Return what is to be set, as it is kept.

    Raises:
        Invalid: it is none of that kind; a fee has no share that leaves the seller something, or no
            day to come (`setting-invalid`).
    """
    if kind == SettingKind.FEE:
        return _checked_fee(rate, effective_on)
    account = " ".join(account.split())
    if kind != SettingKind.BANK_ACCOUNT or not 0 < len(account) <= longest_of(
        CentreSetting, "account"
    ):
        raise _invalid("account", _("Say which account buyers transfer to, in one line."))
    return None, account, None


PLACES = Decimal("0.0001")


def _checked_fee(rate: Decimal | None, on: date | None) -> tuple[Decimal, str, date]:
    others = sum(Decimal(settings.CENTRE[name]) for name in ("SHARE_RATE", "TAX_WITHHELD_RATE"))
    if rate is None or not rate.is_finite() or not 0 <= rate <= 1 - others:
        raise _invalid("rate", _("A fee is a share of the price between 0 and 1, such as 0.02."))
    if rate != rate.quantize(PLACES):
        raise _invalid("rate", _("Give the share with four places at most."))
    if on is None or on <= clock.today():
        raise _invalid("effective_on", _("Give a first day after today, so that two can decide."))
    return rate.quantize(PLACES), "", on


def _invalid(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, code="setting-invalid", fields={field: [sentence]})


ACTS_ON_SETTING: dict[str, Rule[CentreSetting]] = {
    "confirm_setting": check_confirm_setting,
    "drop_setting": check_drop_setting,
}


def acts_on_setting(setting: CentreSetting, by: Actor) -> Allowed:
    return allowed(ACTS_ON_SETTING, setting, by)


ACTS_ON_ANNOUNCEMENT: dict[str, Rule[Announcement]] = {"end_announcement": check_end_announcement}


def acts_on_announcement(announcement: Announcement, by: Actor) -> Allowed:
    return allowed(ACTS_ON_ANNOUNCEMENT, announcement, by)
