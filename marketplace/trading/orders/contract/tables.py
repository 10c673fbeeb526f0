import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.contract.models import Contract
from marketplace.web.tables import CentreTable, HumanNumberColumn, StateColumn


class ContractTable(CentreTable):
    """Contracts, newest first."""

    caption = _("Contracts")
    stacks = True
    number = HumanNumberColumn(linkify=("contract_detail", {"pk": tables.A("pk")}))
    title = tables.Column(accessor="order__listing__title", verbose_name=_("Data"))
    seller = tables.Column(accessor="order__listing__organization", verbose_name=_("Seller"))
    buyer = tables.Column(accessor="order__buyer", verbose_name=_("Buyer"))
    order = StateColumn(accessor="order__state", verbose_name=_("Order"))
    seller_signed_at = tables.DateColumn(verbose_name=_("Signed by the seller"))
    buyer_signed_at = tables.DateColumn(verbose_name=_("Signed by the buyer"))

    class Meta(CentreTable.Meta):
        model = Contract
        fields = (
            *("number", "title", "seller", "buyer", "order"),
            *("seller_signed_at", "buyer_signed_at"),
        )
        empty_text = _("There is no contract yet. An order that is accepted makes one.")
