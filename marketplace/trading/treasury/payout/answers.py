"""What several pages of money answer and ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from marketplace.accounts.selectors import organization_kind_of
from marketplace.core.actor import Actor
from marketplace.trading.orders.settlement import policies
from marketplace.trading.treasury.payout.models import Disbursement


def lead_to(request: HttpRequest, disbursement: Disbursement) -> HttpResponse:
    """Lead to what was proposed."""
    messages.success(request, _("Proposed. A second person decides."))
    return redirect("disbursement_detail", pk=disbursement.pk)


def may_keep(by: Actor) -> bool:
    """Tell whether the reader keeps the centre's books."""
    return policies.may_keep_books(by, organization_kind_of(by))
