from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class ChosenField(forms.MultipleChoiceField):
    """Ids of what was ticked; whether each may be chosen the act says."""

    def valid_value(self, value: Any) -> bool:
        try:
            UUID(value)
        except ValueError:
            return False
        return True

    def clean(self, value: Any) -> list[UUID]:
        return [UUID(one) for one in super().clean(value)]


class AllocateForm(ActForm):
    """What a payment was meant to pay: the open amounts that are ticked."""

    takes = staticmethod(allocate_payment)
    charges = ChosenField(
        label=_("What the payment is for"),
        error_messages={"required": _("Choose what the payment is for.")},
    )


class SearchForm(forms.Form):
    """Words by which another open amount is found."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
