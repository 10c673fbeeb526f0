"""What several pages of money answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from marketplace.trading.treasury.payout.models import Disbursement


def lead_to(request: HttpRequest, disbursement: Disbursement) -> HttpResponse:
    """Lead to what was proposed."""
    messages.success(request, _("Proposed. A second person decides."))
    return redirect("disbursement_detail", pk=disbursement.pk)
