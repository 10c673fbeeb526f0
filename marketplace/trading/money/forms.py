"""Forms of the money pages: parsing and help, no rules of their own."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.web.bounded import forms


class StatementForm(forms.Form):
    """A bank statement."""

    statement = forms.FileField(
        label=_("Bank statement"),
        help_text=_(
            "CSV in UTF-8 or GB 18030 with the columns transaction_id, booked_on, amount, currency "
            "and text, and a balance if the bank tells it. What was imported before changes "
            "nothing."
        ),
    )


class BankDayForm(forms.Form):
    """The day to compare; one that is none falls back to today."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))

    @property
    def chosen(self) -> date:
        """Answer the day that was asked for, or today with what is wrong said above."""
        return self.cleaned_data["day"] if self.is_valid() else clock.today()


class MatchForm(forms.Form):
    """The outgoing money of which something is said."""

    disbursement = forms.UUIDField(widget=forms.HiddenInput)


class CloseForm(forms.Form):
    """The day to close."""

    day = forms.DateField(label=_("Day to close"), widget=forms.DateInput(attrs={"type": "date"}))


class AllocateForm(forms.Form):
    """What a payment was meant to pay."""

    reference = forms.CharField(
        label=_("Payment reference"),
        max_length=40,
        help_text=_("RF and what follows, as it stands on the invoice."),
    )


class ProposalForm(forms.Form):
    """Why money is to go out. The key makes a form that is sent twice one proposal."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    request_key = forms.CharField(
        max_length=64, widget=forms.HiddenInput, initial=lambda: str(uuid4())
    )


class AmountForm(ProposalForm):
    """How much of it, and why."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2, min_value=0)
    field_order = ("amount", "reason")


class ReasonForm(forms.Form):
    """Why money stays, or why a word about it is taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
