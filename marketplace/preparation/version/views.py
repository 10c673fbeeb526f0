"""The pages of looks at raw values: why somebody looks, and who looked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from marketplace.accounts.person.selectors import names_of
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.version.forms import LookForm
from marketplace.preparation.version.rules import check_open_look
from marketplace.preparation.version.selectors import LASTS, looks_at, source_visible_to
from marketplace.preparation.version.services import open_look
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor

MOST_SHOWN = 200


@require_POST
@signed_in
def look_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), LookForm(request.POST)
    version = source_visible_to(by, pk)
    if form.is_valid() and attempt(form, lambda: open_look(pk, **form.taken(), by=by)) is not None:
        onward = form.cleaned_data["onward"]
        if url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
            return redirect(onward)
        return redirect("look_list", pk=pk)
    return asks_for_reason(request, version, form)


@signed_in
def look_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = source_visible_to(actor(request), pk)
    looks = list(looks_at(version)[: MOST_SHOWN + 1])
    is_cut = len(looks) > MOST_SHOWN
    looks = looks[:MOST_SHOWN]
    names = names_of([look.person_id for look in looks])
    context = {
        "version": version,
        "dataset": version.dataset,
        "looks": [(names.get(look.person_id, ""), look) for look in looks],
        "is_cut": is_cut,
    }
    return render(request, "preparation/look_list.html", context)


def asks_for_reason(
    request: HttpRequest,
    version: DatasetVersion,
    form: LookForm | None = None,
    *,
    column: str = "",
) -> HttpResponse:
    """Ask why somebody looks, in place of the page that they came for.

    Raises:
        NotAllowed: the actor may not see raw values of this data.
        WrongState: the raw data was destroyed.
    """
    check_open_look(version, actor(request))
    form = form or LookForm(initial={"column": column, "onward": request.get_full_path()})
    context = {
        "version": version,
        "dataset": version.dataset,
        "form": form,
        "column": form["column"].value(),
        "minutes": int(LASTS.total_seconds() // 60),
    }
    return render(request, "preparation/look.html", context, status=form_status(form))
