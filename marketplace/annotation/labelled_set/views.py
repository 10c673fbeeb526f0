"""The pages that make a labelled set, and give it as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.annotation.labelled_set.forms import TakeOutForm
from marketplace.annotation.labelled_set.rules import acts_on_labels, acts_on_set
from marketplace.annotation.labelled_set.selectors import labelled_sets_visible_to
from marketplace.annotation.labelled_set.services import make_labelled_set, take_out_labels
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.core import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


@signed_in
def labelled_set_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the dataset that accepted labels become, and make it."""
    by = actor(request)
    project = visible(labellings_visible_to(by), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = form_of(make_labelled_set)(sent, initial={"title": project.title[:40]})
    if form.is_valid():
        made = attempt(form, lambda: make_labelled_set(pk, **form.taken(), by=by))
        if made is not None:
            messages.success(request, _("The labelled set is a dataset of yours now."))
            return redirect("dataset_detail", pk=made.version.dataset_id)
    context = {"form": form, "project": project, "acts": acts_on_labels(project, by)}
    return render(request, "annotation/labelled_set_make.html", context, status=form_status(form))


@require_safe
@signed_in
def labelled_set_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a labelled set in the format that is asked for; without one, ask which."""
    by = actor(request)
    made = visible(labelled_sets_visible_to(by), pk=pk)
    form = TakeOutForm(request.GET or None, columns=made.project.columns)
    if form.is_bound and form.is_valid():
        file = attempt(form, lambda: take_out_labels(pk, **form.cleaned_data, by=by))
        if file is not None:
            answer = HttpResponse(file.content, content_type=file.media)
            answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
            answer["Cache-Control"] = "private, no-store"
            return answer
    context = {
        "form": form,
        "made": made,
        "project": made.project,
        "acts": acts_on_set(made, by),
    }
    return render(request, "annotation/labelled_set_file.html", context, status=form_status(form))
