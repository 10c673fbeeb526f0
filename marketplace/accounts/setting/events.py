from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class SettingProposed(
    Fact, kind="accounts.setting_proposed", label=_("Setting of the centre proposed")
):
    """An administrator proposed a fee or a bank account; of an account there is the digest."""

    setting: str
    value: str
    effective_on: str


class SettingConfirmed(
    Fact, kind="accounts.setting_confirmed", label=_("Setting of the centre confirmed")
):
    """A second administrator confirmed a fee or a bank account."""

    setting: str
    value: str
    effective_on: str


class SettingDropped(
    Fact, kind="accounts.setting_dropped", label=_("Setting of the centre dropped")
):
    """A fee or a bank account that was proposed is not set."""

    setting: str


class AnnouncementMade(Fact, kind="accounts.announcement_made", label=_("Announcement made")):
    """Something was announced on every page."""

    text_sha256: str
    until: str


class AnnouncementEnded(
    Fact, kind="accounts.announcement_ended", label=_("Announcement taken down")
):
    """An announcement was taken down before its end."""
