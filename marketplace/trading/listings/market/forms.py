"""What somebody looks for in the market, as a form."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.choices import AssetKind, Theme
from marketplace.trading.listings.market.selectors import MarketQuery
from marketplace.trading.listings.mode.modes import modes_to_choose
from marketplace.trading.listings.plans import PlanKind
from marketplace.trading.listings.plans.base import UNIT_PLACES
from marketplace.web.bounded import forms

ANY = [("", _("Any"))]


class PriceField(forms.DecimalField):
    """A price as it is paid, which of a unit may have more than two decimal places."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_digits=18, decimal_places=UNIT_PLACES, **options)


class MarketForm(forms.Form):
    """What somebody looks for in the market. Its page leaves out what cannot be read."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=[*ANY, *Theme.choices])
    asset_kind = forms.ChoiceField(
        label=_("Kind of data"), required=False, choices=[*ANY, *AssetKind.choices]
    )
    region = forms.CharField(label=_("Region"), required=False, max_length=60)
    seller = forms.CharField(label=_("Seller"), required=False, max_length=60)
    plan = forms.ChoiceField(
        label=_("How buyers pay"), required=False, choices=[*ANY, *PlanKind.choices]
    )
    delivery_mode = forms.ChoiceField(
        label=_("Delivery"), required=False, choices=[*ANY, *modes_to_choose()]
    )
    exclusive = forms.ChoiceField(
        label=_("Exclusive"),
        required=False,
        choices=[*ANY, ("yes", _("Yes, one buyer alone")), ("no", _("No"))],
    )
    price_from = PriceField(label=_("Price from"), required=False)
    price_to = PriceField(label=_("Price to"), required=False)
    order = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("newest", _("Newest first")),
            ("cheapest", _("Cheapest first")),
            ("dearest", _("Dearest first")),
            ("title", _("By title")),
        ],
    )

    LESS_USED = (
        *("asset_kind", "region", "seller", "plan", "delivery_mode", "exclusive"),
        *("price_from", "price_to"),
    )

    def more(self) -> list[forms.BoundField]:
        """Return the fields that the page folds away until one of them is used."""
        return [self[name] for name in self.LESS_USED]

    def query(self) -> MarketQuery:
        """Return what was asked for, leaving out what could not be read."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return MarketQuery(text=asked.pop("q", ""), **asked)
