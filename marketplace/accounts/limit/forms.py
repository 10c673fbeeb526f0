"""The form in which an owner sets a limit of signing."""

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class SigningLimitForm(forms.Form):
    """The most that a person may sign for alone."""

    limit = forms.DecimalField(
        label=_("May sign alone for up to"),
        max_digits=15,
        decimal_places=2,
        min_value=0,
        help_text=_("The whole sum of a contract, tax included. With 0, free contracts alone."),
    )
