from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.renewal.forms import RenewForm
from marketplace.annotation.renewal.rules import acts_on_renewal, check_renew_labelling
from marketplace.annotation.renewal.selectors import offered_to
from marketplace.annotation.renewal.services import renew_labelling
from marketplace.core import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def labelling_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say why a project stands still, and take the version over which it goes on."""
    by = actor(request)
    project = visible(labellings_visible_to(by), pk=pk)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        check_renew_labelling(project, by)
    acts = acts_on_renewal(project, by)
    offered = offered_to(project) if acts["renew_labelling"] else []
    form = RenewForm(sent, offered=offered)
    if sent is not None and form.is_valid():
        done = attempt(form, lambda: renew_labelling(pk, **form.cleaned_data, by=by))
        if done is not None:
            messages.success(request, _("The project goes on over the version made anew."))
            return redirect("labelling_detail", pk=pk)
    context = {"project": project, "form": form, "acts": acts}
    return render(request, "annotation/labelling_renew.html", context, status=form_status(form))
