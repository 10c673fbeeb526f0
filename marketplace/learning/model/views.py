from uuid import UUID

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from marketplace.accounts.timeline import timeline_of
from marketplace.core import visible
from marketplace.learning.model.card import card_bytes
from marketplace.learning.model.filters import ModelFilters
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.presentation import card_view, shards_view, trouble_in_words
from marketplace.learning.model.rules import acts_on_model
from marketplace.learning.model.selectors import models_visible_to, rows_scored
from marketplace.learning.model.services import open_model
from marketplace.learning.run.presentation import declaration_facts
from marketplace.web.lists import list_page
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn


class ModelTable(CentreTable):
    caption = gettext_lazy("Models")
    stacks = True
    title = tables.Column(linkify=("model_detail", {"pk": tables.A("pk")}))
    dataset = tables.Column(
        accessor="version__dataset__title", verbose_name=gettext_lazy("Dataset")
    )
    state = StateColumn()
    created_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Trained"), format="SHORT_DATETIME_FORMAT"
    )

    class Meta(CentreTable.Meta):
        model = TrainedModel
        fields = ("title", "dataset", "state", "created_at")
        order_by = "-created_at"
        empty_text = gettext_lazy(
            "There is no model yet. Train one from the page of a risk report that passed."
        )


@signed_in
def model_list(request: HttpRequest) -> HttpResponse:
    rows = models_visible_to(actor(request)).order_by("-created_at")
    return list_page(request, "learning/model_list.html", ModelTable, rows, filters=ModelFilters)


@signed_in
def model_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a model's card, and whether it may be used at this moment."""
    by = actor(request)
    model = visible(models_visible_to(by), pk=pk)
    context = {
        "model": model,
        "card": card_view(model),
        "declared": declaration_facts(model.run),
        "trouble": trouble_in_words(model),
        "successor": getattr(model, "successor", None),
        "shards": shards_view(model),
        "scored": rows_scored(model),
        "scores": model.card["scores"],
        "acts": acts_on_model(model, by),
        "timeline": timeline_of(f"model:{model.pk}", by=by),
    }
    return render(request, "learning/model_detail.html", context)


@require_safe
@signed_in
def model_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the card to the byte as it was signed."""
    model = visible(models_visible_to(actor(request)), pk=pk)
    answer = HttpResponse(card_bytes(model.card), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="card-{model.pk}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@signed_in
def model_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the model's bytes; what it rests on is asked anew."""
    opened = open_model(pk, by=actor(request))
    answer = HttpResponse(opened.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="model-{pk}.onnx"'
    answer["Cache-Control"] = "private, no-store"
    return answer
