from datetime import date

from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.web.bounded import forms


class BankDayForm(forms.Form):
    """The day to compare; one that is none falls back to today."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))

    @property
    def chosen(self) -> date:
        """Return the day that was asked for, or today with what is wrong said above."""
        return self.cleaned_data["day"] if self.is_valid() else clock.today()
