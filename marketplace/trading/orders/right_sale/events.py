"""What happens while a sold right passes."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RightSaleBegun(
    Fact, kind="trading.right_sale_begun", label=_("Transfer of the sold right opened")
):
    """The register's case is open by which a sold and paid right passes; `about` names it."""


class RightSaleEnded(
    Fact, kind="trading.right_sale_ended", label=_("Right not passed, money refunded")
):
    """The register did not pass a sold right, and what was held went back to the buyer."""

    refunded: str
    currency: str
