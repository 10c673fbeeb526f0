"""The form in which an officer names an origin."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.trading.orders.order.models import Order
from marketplace.web.bounded import forms


class OriginForm(forms.Form):
    """One origin: a dataset of one's own, or what data from elsewhere is called."""

    upstream_id = forms.TypedChoiceField(
        label=_("Another dataset of your organization"), required=False, empty_value=None
    )
    reference = forms.CharField(
        label=_("Or: what data from elsewhere is called there"),
        max_length=120,
        required=False,
        help_text=_("With its holder and version, so that others find it."),
    )
    credential_sha256 = forms.CharField(
        label=_("SHA-256 of a credential about it"), max_length=64, required=False
    )

    def __init__(self, *args: Any, datasets: Iterable[Dataset], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["upstream_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "–"), *((str(each.pk), each.title) for each in datasets)]


class BoughtOriginForm(forms.Form):
    order_id = forms.ChoiceField(label=_("Data bought here"))

    def __init__(self, *args: Any, orders: Iterable[Order], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["order_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(each.pk), f"{each.listing.title} ({each.listing.organization.name})")
            for each in orders
        ]
