"""The API of bank statements, compared with the books."""

from typing import Any

from django.utils.translation import gettext as _

from marketplace.core import Actor, NotFound
from marketplace.core.bounds import day_of
from marketplace.trading.treasury.reconciliation import serializers
from marketplace.trading.treasury.reconciliation.comparing import (
    reconciliation_of_day,
)
from marketplace.trading.treasury.reconciliation.sheet import Reconciliation
from marketplace.web.api import ThingView


class DayReconciliation(ThingView):
    """What the bank's statements tell of a day, written 2026-03-31, beside the books."""

    gives = serializers.ReconciliationOut
    operation = "get_day_reconciliation"
    summary = "Compare a day at the bank with the books"

    def thing(self, by: Actor, **ids: Any) -> Reconciliation:
        try:
            day = day_of(ids["day"])
        except ValueError:
            raise NotFound(_("There is no such day. Write it as 2026-03-31.")) from None
        return reconciliation_of_day(day, by=by)
