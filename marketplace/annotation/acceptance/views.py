from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.annotation.acceptance.forms import InspectForm
from marketplace.annotation.acceptance.rules import acts_on_sample
from marketplace.annotation.acceptance.selectors import (
    inspections_of,
    plan_of,
    sample_of,
    sampled_tasks,
)
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.batch.selectors import batches_seen_by_owner
from marketplace.annotation.look.services import look_at_rows
from marketplace.annotation.project.sampling import SOURCE
from marketplace.core import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def batch_inspect(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the sample of a batch as its annotator saw it, and take what is wrong in it."""
    by = actor(request)
    batch = visible(batches_seen_by_owner(by), pk=pk)
    sampled = sampled_tasks(batch)
    places = [task.position for task in sampled]
    form = InspectForm(request.POST or None, sample=places)
    if request.method == "POST":
        form = InspectForm(request.POST, sample=places)
        if form.is_valid():
            done = attempt(form, lambda: inspect_batch(pk, **form.cleaned_data, by=by))
            if done is not None:
                said = _("The batch was inspected: %(outcome)s.")
                messages.success(request, said % {"outcome": done.get_state_display()})
                return redirect("labelling_detail", pk=batch.annotator.project_id)
    project = batch.annotator.project
    shown = look_at_rows(project.pk, rows=[task.item.row for task in sampled], by=by)
    context = {
        "batch": batch,
        "project": project,
        "plan": plan_of(batch),
        "source": SOURCE,
        "sample": sample_of(sampled, shown),
        "inspections": inspections_of(batch),
        "form": form,
        "acts": acts_on_sample(batch, by),
    }
    return render(request, "annotation/batch_inspect.html", context, status=form_status(form))
