"""Settings of the centre that take two, and what it announces."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.setting.states import SettingState
from marketplace.core.choices import named_in_api
from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record


@named_in_api("CentreSettingKind")
class SettingKind(models.TextChoices):
    FEE = "fee", _("Fee of the centre")
    BANK_ACCOUNT = "bank-account", _("Bank account of the centre")


class CentreSetting(Record):
    """A value for the whole centre that one administrator proposes and another confirms.

    Of a fee `rate` is the share of a price and `effective_on` its first day: contracts drawn up
    from that day on pay it. A bank account holds once it is confirmed.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=SettingKind)
    rate = models.DecimalField(_("share of the price"), max_digits=5, decimal_places=4, null=True)
    account = models.CharField(_("bank account"), max_length=200, blank=True)
    effective_on = models.DateField(_("effective on"), null=True)
    reason = models.CharField(_("reason and evidence"), max_length=1000)
    proposed_by_id = models.UUIDField(_("proposed by"))
    decided_by_id = models.UUIDField(_("confirmed by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.CharField(_("why it was dropped"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=SettingState, default=SettingState.OPEN
    )

    class Meta:
        verbose_name = _("setting of the centre")
        verbose_name_plural = _("settings of the centre")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(state=SettingState.OPEN),
                name="accounts_one_setting_waiting",
                violation_error_message=_("One of this kind waits for a second administrator."),
            ),
            models.CheckConstraint(
                name="accounts_setting_takes_two",
                condition=models.Q(decided_by_id=None)
                | ~models.Q(decided_by_id=models.F("proposed_by_id")),
                violation_error_message=_("Who proposes does not decide."),
            ),
            models.CheckConstraint(
                name="accounts_setting_is_whole",
                condition=models.Q(
                    kind=SettingKind.FEE,
                    rate__gte=0,
                    rate__lte=1,
                    effective_on__isnull=False,
                )
                | (models.Q(kind=SettingKind.BANK_ACCOUNT) & ~models.Q(account="")),
                violation_error_message=_("A setting says what is set."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    @property
    def value(self) -> str:
        return self.account if self.rate is None else f"{(self.rate * 100).normalize():f}%"


class Announcement(Record):
    """What stands on every page until its end, in both languages."""

    text = models.CharField(_("text in English"), max_length=300)
    text_chinese = models.CharField(_("text in Chinese"), max_length=300)
    until = models.DateTimeField(_("shown until"))
    made_by_id = models.UUIDField(_("announced by"))
    ended_at = models.DateTimeField(_("taken down at"), null=True)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.text


freeze(CentreSetting, {STEP: ["state", "decided_by_id", "decided_at", "answer"]})
