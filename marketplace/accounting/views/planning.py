"""The debt-ratio planner: possible moves side by side. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.accounting.forms import OPERATIONS, PlanForm
from marketplace.accounting.standards.planner import Path, Planned, planned
from marketplace.accounting.standards.ratio import Entity, Operation
from marketplace.accounting.standards.refusals import RuleRefused
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.selectors import organizations_visible_to
from marketplace.core.actor import Actor
from marketplace.web.charts import curves
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor

SPENDING = (Operation.EXPENSED, Operation.CAPITALIZED, Operation.LOAN_FUNDED, Operation.GRANT)
ENTITY_OF: dict[str, Entity] = {
    OrganizationKind.GOVERNMENT: Entity.ADMINISTRATIVE_UNIT,
    OrganizationKind.PLATFORM: Entity.PLATFORM,
}


@signed_in
def debt_ratio(request: HttpRequest) -> HttpResponse:
    """Compare what possible moves do to the debt ratio over years."""
    initial = {"entity": _entity_of(actor(request))}
    form = PlanForm(request.GET if "assets" in request.GET else None, initial=initial)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            result = planned(form.plan())
            context |= _shown(result)
            context["target"] = form.cleaned_data["target"]
        except RuleRefused as refusal:
            form.add_error(None, refusal.sentence)
    return render(request, "accounting/debt_ratio.html", context, status=form_status(form))


def _entity_of(by: Actor) -> Entity:
    if by.organization_id is None:
        return Entity.COMPANY
    own = organizations_visible_to(by).filter(pk=by.organization_id).first()
    return ENTITY_OF.get(own.kind, Entity.COMPANY) if own else Entity.COMPANY


def _shown(result: Planned) -> dict[str, object]:
    labels = {operation: str(label) for operation, label in OPERATIONS}
    spending = [path for path in result.paths if path.operation in SPENDING]
    funding = [path for path in result.paths if path.operation not in SPENDING]
    return {
        "result": result,
        "rows": [
            {
                "label": labels[path.operation],
                "path": path,
                "first": path.ratios[0] if path.ratios else None,
                "last": path.ratios[-1] if path.ratios else None,
                "change": path.ratios[-1] - result.before if path.ratios else None,
            }
            for path in result.paths
        ],
        "charts": [
            (title, _chart(result.before, paths, labels, title))
            for title, paths in (
                (_("Ways to pay for the data"), spending),
                (_("Ways to change the balance sheet"), funding),
            )
            if any(path.ratios for path in paths)
        ],
    }


def _chart(
    before: Decimal, paths: Sequence[Path], labels: dict[Operation, str], title: str
) -> SafeString:
    series = {
        labels[path.operation]: [
            (str(year), ratio - before) for year, ratio in enumerate(path.ratios)
        ]
        for path in paths
        if path.ratios
    }
    return curves(
        series,
        title=title,
        x_title=_("Years after the move"),
        y_title=_("Change in percentage points"),
    )
