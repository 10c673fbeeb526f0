from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


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


class AllocateForm(forms.Form):
    """What a payment was meant to pay: the open amounts that are ticked."""

    charges = ChosenField(label=_("What the payment is for"), required=False)


class SearchForm(forms.Form):
    """Words by which another open amount is found."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
