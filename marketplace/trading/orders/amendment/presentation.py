"""What an amendment changes, in the reader's language."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.months import months_after
from marketplace.trading.listings.plans import Metered
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.selectors import plan_in_month
from marketplace.trading.orders.negotiation.in_words import Change, changes_of
from marketplace.trading.orders.order.models import Order


def changes_in_words(amendment: Amendment) -> list[Change]:
    """Return each changed term as it was when the amendment was proposed, and as it would be."""
    order, new = amendment.contract.order, amendment.terms
    changed = {name: old for name, (old, _new) in amendment.agreed["changes"].items()}
    before = {
        name: changed.get(name, value)
        for name, value in new.items()
        if changed.get(name, value) is not None
    }
    old_plan, plan = amendment.agreed.get("plan_change", (order.plan, order.plan))
    return changes_of(old_plan, before, plan, new, order.currency)


def fee_in_words(order: Order) -> list[str]:
    """Say what is paid and when; and from which day other prices of use hold, once agreed."""
    agreed, today = order.agreed_plan, clock.today()
    if not isinstance(agreed, Metered):
        return agreed.describe(order.currency)
    now = plan_in_month(order, f"{today:%Y-%m}")
    if now == agreed:
        return agreed.describe(order.currency)
    begins = months_after(today.replace(day=1), 1)
    later = " ".join(agreed.describe(order.currency))
    return [
        *now.describe(order.currency),
        _("From %(day)s on, as amended: %(fee)s") % {"day": date_format(begins), "fee": later},
    ]
