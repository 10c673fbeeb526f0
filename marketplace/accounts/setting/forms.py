from django.utils.translation import gettext_lazy as _

from marketplace.accounts.setting.models import Announcement, CentreSetting, SettingKind
from marketplace.core import longest_of
from marketplace.web.bounded import forms

REASON = _("What it rests on: a resolution, a decision of the regulator, with date and number.")


class SettingForm(forms.Form):
    """A fee with its first day, or a bank account."""

    kind = forms.ChoiceField(
        label=_("What is set"), choices=SettingKind.choices, widget=forms.RadioSelect
    )
    rate = forms.DecimalField(
        label=_("Share of the price"),
        required=False,
        max_digits=5,
        decimal_places=4,
        min_value=0,
        max_value=1,
        help_text=_("Of a fee: 0.02 is two per cent."),
    )
    effective_on = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Of a fee: contracts drawn up from this day on pay it, those before do not."),
    )
    account = forms.CharField(
        label=_("Bank account"),
        required=False,
        max_length=longest_of(CentreSetting, "account"),
        help_text=_("Of a bank account: holder, bank and number, as buyers are to read them."),
    )
    reason = forms.CharField(
        label=_("Reason and evidence"),
        max_length=longest_of(CentreSetting),
        help_text=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnnouncementForm(forms.Form):
    text = forms.CharField(label=_("Text in English"), max_length=longest_of(Announcement, "text"))
    text_chinese = forms.CharField(
        label=_("Text in Chinese"), max_length=longest_of(Announcement, "text_chinese")
    )
    until = forms.DateTimeField(
        label=_("Shown until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
