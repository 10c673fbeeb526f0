from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.bank_match.models import BankMatch


def bank_matches_visible_to(by: Actor) -> QuerySet[BankMatch]:
    """Return what was said of bank lines, to the centre alone."""
    rows = BankMatch.objects.select_related(
        "line__statement",
        "disbursement__account__organization",
        "disbursement__order__listing",
        "disbursement__payment__charge__order__listing",
    )
    return rows if sees_all_money(by) else rows.none()
