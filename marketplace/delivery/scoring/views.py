from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from marketplace.core import Actor, Rule, allowed, visible
from marketplace.delivery.grant.bought import quota_of
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_score_with_grant, check_tries_scoring
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.scoring.forms import RowForm, TableForm
from marketplace.delivery.scoring.presentation import Answer, answer_in_words
from marketplace.delivery.scoring.services import score_table_with_grant, score_with_grant
from marketplace.delivery.use.selectors import rows_left
from marketplace.learning.model.selectors import model_of_asset
from marketplace.learning.model.tables import MOST_TABLE_ROWS
from marketplace.preparation.column.selectors import labels_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import written_csv

SCORING: Mapping[str, Rule[Grant]] = {
    "score_with_grant": check_score_with_grant,
    "score_table_with_grant": check_score_with_grant,
}


@signed_in
def grant_score(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a row: a form of what the model takes, and below it what it says; the row is counted."""
    by = actor(request)
    grant = _tried(pk, by)
    sent, answer = request.POST if request.method == "POST" else None, None
    form = _row_form(grant, sent)
    if form.is_valid():
        found = attempt(
            form, lambda: score_with_grant(pk, rows=[form.row()], with_reasons=True, by=by)
        )
        answer = answer_in_words(found[0], labels_of(grant.version)) if found else None
    return _page(request, grant, form, TableForm(), answer)


@require_POST
@signed_in
def grant_score_table(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what the model says of each row of a file, as a file; the rows are counted."""
    by = actor(request)
    grant = _tried(pk, by)
    form = TableForm(request.POST, request.FILES)
    if form.is_valid():
        table = form.cleaned_data["upload"]
        scored = attempt(form, lambda: score_table_with_grant(pk, table=table, by=by))
        if scored is not None:
            return written_csv("scores.csv", scored.content)
    return _page(request, grant, _row_form(grant), form)


def _tried(pk: UUID, by: Actor) -> Grant:
    grant = visible(grants_visible_to(by), pk=pk)
    check_tries_scoring(grant, by)
    return grant


def _row_form(grant: Grant, sent: Any = None) -> RowForm:
    schema = model_of_asset(grant.version_id).schema
    return RowForm(sent, schema=schema, labels=labels_of(grant.version))


def _page(
    request: HttpRequest,
    grant: Grant,
    form: RowForm,
    table_form: TableForm,
    answer: Answer | None = None,
) -> HttpResponse:
    schema, labels = model_of_asset(grant.version_id).schema, labels_of(grant.version)
    context = {
        "grant": grant,
        "listing": grant.listing,
        "form": form,
        "table_form": table_form,
        "header": ",".join(one["name"] for one in schema["features"]),
        "most": MOST_TABLE_ROWS,
        "answer": answer,
        "target": labels.get(schema["target"]) or schema["target"],
        "acts": allowed(SCORING, grant, actor(request)),
        "quota": quota_of(grant),
        "rows_left": max(0, rows_left(grant) or 0),
    }
    status = max(form_status(form), form_status(table_form))
    return render(request, "delivery/score.html", context, status=status)
