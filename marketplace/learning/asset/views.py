from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.core import visible
from marketplace.learning.asset.forms import ModelAssetForm
from marketplace.learning.asset.services import make_model_asset
from marketplace.learning.model.rules import acts_on_model, check_owns
from marketplace.learning.model.selectors import models_visible_to
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def model_asset_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    model = visible(models_visible_to(by), pk=pk)
    check_owns(model, by)
    form = ModelAssetForm(request.POST or None, initial={"title": model.title[:40]})
    if request.method == "POST":
        form = ModelAssetForm(request.POST)
        if form.is_valid():
            made = attempt(form, lambda: make_model_asset(pk, **form.cleaned_data, by=by))
            if made is not None and made.asset is not None:
                messages.success(request, _("The model is a dataset of yours now."))
                return redirect("dataset_detail", pk=made.asset.dataset_id)
    context = {"form": form, "model": model, "acts": acts_on_model(model, by)}
    return render(request, "learning/model_asset_make.html", context, status=form_status(form))
