"""The page that makes a labelled set."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.annotation.labelled_set.forms import LabelledSetForm
from marketplace.annotation.labelled_set.rules import acts_on_labels
from marketplace.annotation.labelled_set.services import make_labelled_set
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def labelled_set_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the dataset that accepted labels become, and make it."""
    by = actor(request)
    project = visible(labellings_visible_to(by), pk=pk)
    form = LabelledSetForm(request.POST or None, initial={"title": project.title[:40]})
    if request.method == "POST":
        form = LabelledSetForm(request.POST)
        if form.is_valid():
            made = attempt(form, lambda: make_labelled_set(pk, **form.cleaned_data, by=by))
            if made is not None:
                messages.success(request, _("The labelled set is a dataset of yours now."))
                return redirect("dataset_detail", pk=made.version.dataset_id)
    context = {"form": form, "project": project, "acts": acts_on_labels(project, by)}
    return render(request, "annotation/labelled_set_make.html", context, status=form_status(form))
