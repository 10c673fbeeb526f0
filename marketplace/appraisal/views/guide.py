"""The guided appraisal: drafted or revised, with the figure as it would be."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.appraisal.basis import preview
from marketplace.appraisal.forms.guide import Guide
from marketplace.appraisal.models import Appraisal, Method
from marketplace.appraisal.presentation import shown_preview
from marketplace.appraisal.rules import WIDEST, check_draft_appraisal, check_revise_appraisal
from marketplace.appraisal.selectors import Basis, appraisals_visible_to, basis_of
from marketplace.appraisal.services.appraisals import draft_appraisal, revise_appraisal
from marketplace.appraisal.suggestions import suggested
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@signed_in
def appraisal_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Value a dataset."""
    by = actor(request)
    check_draft_appraisal(visible(datasets_visible_to(by), pk=pk), by)
    basis = basis_of(pk, purpose=WIDEST, by=by)
    guide = Guide.asked(
        request,
        head={"valued_on": clock.today()},
        approaches=suggested(basis),
        chosen=[Method.COST],
    )
    return _guided(
        request,
        basis,
        guide,
        act=lambda: draft_appraisal(
            pk,
            approaches=guide.given(),
            purpose=guide.head.cleaned_data["purpose"],
            valued_on=guide.head.cleaned_data["valued_on"],
            by=by,
        ),
        done=_("The value is computed. Check it, then submit it."),
    )


@signed_in
def appraisal_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compute a valuation anew."""
    by = actor(request)
    appraisal = visible(appraisals_visible_to(by), pk=pk)
    check_revise_appraisal(appraisal, by)
    basis = basis_of(appraisal.dataset_id, purpose=WIDEST, by=by)
    stored = Guide.values_of(appraisal)
    guide = Guide.asked(
        request,
        head={"purpose": appraisal.purpose, "valued_on": clock.today()},
        approaches={**suggested(basis), **stored},
        chosen=list(stored) or [Method.COST],
    )
    return _guided(
        request,
        basis,
        guide,
        act=lambda: revise_appraisal(
            pk,
            approaches=guide.given(),
            purpose=guide.head.cleaned_data["purpose"],
            valued_on=guide.head.cleaned_data["valued_on"],
            by=by,
        ),
        done=_("The value is computed anew."),
        appraisal=appraisal,
    )


def _guided(
    request: HttpRequest,
    basis: Basis,
    guide: Guide,
    *,
    act: Callable[[], Appraisal],
    done: str,
    appraisal: Appraisal | None = None,
) -> HttpResponse:
    previews = "preview" in request.POST
    is_piece = previews and bool(getattr(request, "htmx", False))
    found = None
    if request.method == "POST" and guide.is_valid():
        if previews:
            found = guide.attempt(lambda: _preview(basis, guide, actor(request)))
        else:
            kept = guide.attempt(act)
            if kept is not None:
                messages.success(request, done)
                return redirect("appraisal_detail", pk=kept.pk)
    context = {
        "guide": guide,
        "basis": basis,
        "appraisal": appraisal,
        "is_of_api": appraisal is not None and not guide.holds_all_of(appraisal),
        "currency": settings.CENTRE["CURRENCY"],
        "found": found,
    }
    if is_piece:
        # What is not filled in yet is no error while somebody still types.
        return render(request, "appraisal/partials/preview.html", context)
    name = "appraisal/appraisal_revise.html" if appraisal else "appraisal/appraisal_draft.html"
    return render(request, name, context, status=guide.status)


def _preview(basis: Basis, guide: Guide, by: Actor) -> dict[str, object]:
    sent = guide.head.cleaned_data
    found = preview(
        basis.dataset.pk,
        approaches=guide.given(),
        purpose=sent["purpose"],
        valued_on=sent["valued_on"],
        by=by,
    )
    return shown_preview(found)
