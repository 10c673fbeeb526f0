from datetime import date

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class PeriodForm(forms.Form):
    """The days of a statement; without them, all."""

    since = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    @property
    def days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day; those that are none count as left out."""
        self.is_valid()
        return self.cleaned_data.get("since"), self.cleaned_data.get("until")
