import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.delivery.grant.models import Grant
from marketplace.trading.listings.mode.modes import label_of
from marketplace.web.tables import CentreTable, HumanNumberColumn, StateColumn


class GrantTable(CentreTable):
    """What one may use or gives, newest first."""

    caption = _("Data to use")
    stacks = True
    title = tables.Column(
        accessor="listing__title",
        verbose_name=_("Data"),
        linkify=("grant_detail", {"pk": tables.A("pk")}),
    )
    order = HumanNumberColumn(
        accessor="order__number",
        verbose_name=_("Order"),
        linkify=("order_detail", {"pk": tables.A("order_id")}),
    )
    seller = tables.Column(accessor="listing__organization", verbose_name=_("Seller"))
    organization = tables.Column(verbose_name=_("Buyer"))
    mode = tables.Column(verbose_name=_("Delivery"))
    revision = tables.Column(accessor="revision__number", verbose_name=_("Revision"))
    state = StateColumn()
    expires_at = tables.DateColumn(verbose_name=_("Open until"))

    class Meta(CentreTable.Meta):
        model = Grant
        fields = (
            *("title", "order", "seller", "organization", "mode", "revision"),
            *("state", "expires_at"),
        )
        empty_text = _("There is nothing to use yet. What you buy appears here once it is paid.")

    def render_mode(self, value: str) -> str:
        return label_of(value)
