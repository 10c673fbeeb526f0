"""What happens while a sold right passes."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RightSaleBegun(Fact):
    """The register's case is open by which a sold and paid right passes; `about` names it."""

    kind = "trading.right_sale_begun"
    label = _("Transfer of the sold right opened")


@dataclass(frozen=True, kw_only=True)
class RightSaleEnded(Fact):
    """The register did not pass a sold right, and what was held went back to the buyer."""

    kind = "trading.right_sale_ended"
    label = _("Right not passed, money refunded")
    refunded: str
    currency: str
