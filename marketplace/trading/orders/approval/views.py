from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from marketplace.accounts.person.selectors import names_of
from marketplace.accounts.timeline import timeline_of
from marketplace.core import visible
from marketplace.trading.orders.approval.rules import acts_on_approval
from marketplace.trading.orders.approval.selectors import approvals_visible_to
from marketplace.trading.orders.approval.services import refuse_signing
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of

ASKED = gettext_lazy("The question waits for a second person of your organization, who is told.")


def approval_page(
    request: HttpRequest, pk: UUID, *, reason_form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), reason_form or form_of(refuse_signing)()
    approval = visible(approvals_visible_to(by), pk=pk)
    names = names_of([approval.asked_by_id, approval.decided_by_id])
    context = {
        "approval": approval,
        "order": approval.contract.order,
        "asked_by": names.get(approval.asked_by_id, ""),
        "decided_by": names.get(approval.decided_by_id, "") if approval.decided_by_id else "",
        "acts": acts_on_approval(approval, by),
        "reason_form": form,
        "timeline": timeline_of(f"signing_approval:{approval.pk}", by=by),
    }
    return render(request, "trading/orders/approval_detail.html", context, status=form_status(form))
