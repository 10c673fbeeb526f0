from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SettingProposed(Fact):
    """An administrator proposed a fee or a bank account; of an account there is the digest."""

    kind = "accounts.setting_proposed"
    label = _("Setting of the centre proposed")
    setting: str
    value: str
    effective_on: str


@dataclass(frozen=True, kw_only=True)
class SettingConfirmed(Fact):
    """A second administrator confirmed a fee or a bank account."""

    kind = "accounts.setting_confirmed"
    label = _("Setting of the centre confirmed")
    setting: str
    value: str
    effective_on: str


@dataclass(frozen=True, kw_only=True)
class SettingDropped(Fact):
    """A fee or a bank account that was proposed is not set."""

    kind = "accounts.setting_dropped"
    label = _("Setting of the centre dropped")
    setting: str


@dataclass(frozen=True, kw_only=True)
class AnnouncementMade(Fact):
    """Something was announced on every page."""

    kind = "accounts.announcement_made"
    label = _("Announcement made")
    text_sha256: str
    until: str


@dataclass(frozen=True, kw_only=True)
class AnnouncementEnded(Fact):
    """An announcement was taken down before its end."""

    kind = "accounts.announcement_ended"
    label = _("Announcement taken down")
