from django.utils.translation import gettext_lazy as _

from marketplace.trading.treasury.payment.models import Payment
from marketplace.web.lists import Day, Facet, ListFilters, Words


class PaymentFilters(ListFilters):
    q = Words(
        *("reference", "claimed_reference", "charge__reference"),
        *("charge__order__listing__title", "charge__order__buyer__name"),
    )
    state = Facet.of(Payment, "state")
    channel = Facet.of(Payment, "channel")
    since = Day(_("Received from"), "received_on", "gte")
    until = Day(_("Received until"), "received_on", "lte")
