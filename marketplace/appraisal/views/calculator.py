"""The calculator page."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.appraisal.calculator import calculate, check_may_calculate
from marketplace.appraisal.forms.calculator import EXAMPLE, CalculatorForm
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def calculator(request: HttpRequest) -> HttpResponse:
    """Run any method of the library; a POST keeps nothing, so that it is answered as it is."""
    by = actor(request)
    check_may_calculate(by)
    form = CalculatorForm(request.POST or None, initial={"method": "cost", "inputs": EXAMPLE})
    found = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        found = attempt(form, lambda: calculate(sent["method"], sent["inputs"], by=by))
    context = {
        "form": form,
        "found": found,
        "json": found and json.dumps(found.result, ensure_ascii=False, indent=2),
    }
    name = (
        "appraisal/partials/calculation.html"
        if _is_piece(request)
        else ("appraisal/calculator.html")
    )
    return render(request, name, context, status=form_status(form))


def _is_piece(request: HttpRequest) -> bool:
    return request.method == "POST" and bool(getattr(request, "htmx", False))
