"""The page on which the buyer of a model's scoring tries a row."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core.locking import visible
from marketplace.delivery.grant.bought import quota_of
from marketplace.delivery.grant.rules import acts_on_grant, check_tries_scoring
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.scoring.forms import RowForm
from marketplace.delivery.scoring.presentation import answer_in_words
from marketplace.delivery.scoring.services import score_with_grant
from marketplace.delivery.use.selectors import rows_left
from marketplace.learning.model.selectors import model_of_asset
from marketplace.preparation.column.selectors import labels_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def grant_score(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a row: a form of what the model takes, and below it what it says; the row is counted."""
    by = actor(request)
    grant = visible(grants_visible_to(by), pk=pk)
    check_tries_scoring(grant, by)
    schema, labels = model_of_asset(grant.version_id).schema, labels_of(grant.version)
    sent, answer = request.POST if request.method == "POST" else None, None
    form = RowForm(sent, schema=schema, labels=labels)
    if form.is_valid():
        found = attempt(
            form, lambda: score_with_grant(pk, rows=[form.row()], with_reasons=True, by=by)
        )
        answer = answer_in_words(found[0], labels) if found else None
    context = {
        "grant": grant,
        "listing": grant.listing,
        "form": form,
        "answer": answer,
        "target": labels.get(schema["target"]) or schema["target"],
        "acts": acts_on_grant(grant, by, "score_with_grant"),
        "quota": quota_of(grant),
        "rows_left": max(0, rows_left(grant) or 0),
    }
    return render(request, "delivery/score.html", context, status=form_status(form))
