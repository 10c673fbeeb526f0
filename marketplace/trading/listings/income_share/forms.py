"""The form of an income share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.income_share.models import ShareGround
from marketplace.web.bounded import forms


class IncomeShareForm(forms.Form):
    """Who gets what part of the income, and why."""

    uscc = forms.CharField(label=_("Unified social credit code of the organization"), max_length=18)
    ground = forms.ChoiceField(label=_("Ground"), choices=ShareGround)
    percent = forms.DecimalField(
        label=_("Percent of your income"),
        max_digits=7,
        decimal_places=4,
        help_text=_("Of what is released to you, after the centre's fee."),
    )
    rows = forms.IntegerField(
        label=_("Rows that are theirs"),
        required=False,
        min_value=1,
        help_text=_("Where they get that part of the percent by their rows; else leave it empty."),
    )


class AnswerForm(forms.Form):
    """Whether the organization agrees."""

    is_agreed = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Agree")), ("no", _("Decline"))],
        coerce=lambda value: value == "yes",
    )
