from datetime import date

from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.web.bounded import forms


class StatementForm(forms.Form):
    statement = forms.FileField(
        label=_("Bank statement"),
        help_text=_(
            "camt.053 (001.02 or 001.08), or CSV in UTF-8 or GB 18030 in one of five layouts. What "
            "was imported before changes nothing."
        ),
    )


class BankDayForm(forms.Form):
    """The day to compare; one that is none falls back to today."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))

    @property
    def chosen(self) -> date:
        """Return the day that was asked for, or today with what is wrong said above."""
        return self.cleaned_data["day"] if self.is_valid() else clock.today()


class MatchForm(forms.Form):
    """The outgoing money of which something is said."""

    disbursement = forms.UUIDField(widget=forms.HiddenInput)
