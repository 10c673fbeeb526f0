from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.annotation.acceptance.rules import acts_on_sample
from marketplace.annotation.acceptance.selectors import (
    inspections_of,
    plan_of,
    sample_of,
    sampled_tasks,
)
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.batch.models import Batch
from marketplace.annotation.look.services import look_at_rows
from marketplace.annotation.project.sampling import SOURCE
from marketplace.core import Actor
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def inspection_form(sent: Any, batch: Batch, by: Actor) -> ActForm:
    places = [task.position for task in sampled_tasks(batch)]
    offered = [(place, _("Item %(number)d") % {"number": place}) for place in places]
    return form_of(inspect_batch)(sent, offered={"wrong": offered})


def inspection_page(request: HttpRequest, batch: Batch, form: ActForm) -> HttpResponse:
    """Show the sample of a batch as its annotator saw it."""
    by, project, sampled = actor(request), batch.annotator.project, sampled_tasks(batch)
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
