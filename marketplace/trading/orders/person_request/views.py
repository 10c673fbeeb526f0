"""The pages of requests of persons: public to ask, for officers to answer, for reviewers."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import django_tables2 as tables
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from marketplace.accounts.roles import Role
from marketplace.accounts.timeline import timeline_of
from marketplace.core import NotAllowed, visible
from marketplace.core.terms import last_day_shown
from marketplace.trading.orders.person_request.filters import PersonRequestFilters
from marketplace.trading.orders.person_request.forms import (
    PersonReferenceForm,
)
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.rules import acts_on_person_request
from marketplace.trading.orders.person_request.selectors import (
    person_request_of,
    person_requests_visible_to,
    verdicts_with,
)
from marketplace.trading.orders.person_request.services import (
    ask_as_person,
    ask_for_person,
    close_unproven,
    grant_person_request,
    pick_up_answer,
    prove_identity,
    read_identity,
    refuse_person_request,
)
from marketplace.trading.orders.settlement.references import in_groups
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn
from marketplace.web.taking import form_of

PAGES = "trading/orders/person_requests"


class PersonRequestTable(CentreTable):
    caption = gettext_lazy("Requests of persons")
    stacks = True
    reference = tables.Column(linkify=("person_request_detail", {"pk": tables.A("pk")}))
    data = tables.Column(
        accessor="dataset__title", verbose_name=gettext_lazy("Data"), orderable=False
    )
    kind = tables.Column()
    state = StateColumn()
    due_on = tables.DateColumn(verbose_name=gettext_lazy("Last day"))
    created_at = tables.DateColumn(verbose_name=gettext_lazy("Received on"))

    class Meta(CentreTable.Meta):
        model = PersonRequest
        fields = ("reference", "data", "kind", "state", "due_on", "created_at")
        empty_text = gettext_lazy("No person has asked anything about this data.")


def person_request_ask(request: HttpRequest) -> HttpResponse:
    """Let anybody ask as the person concerned, without an account."""
    named = request.GET.get("data", "")[:200]
    form = form_of(ask_as_person)(request.POST or None, initial={"named": named})
    if request.method == "POST" and form.is_valid():
        asked = attempt(form, lambda: ask_as_person(**form.taken(), by=actor(request)))
        if asked is not None:
            messages.success(request, _("Your request is in. Keep the reference."))
            query = urlencode({"reference": asked.reference})
            return redirect(f"{reverse('person_request_asked')}?{query}")
    context = {"form": form, "days": settings.CENTRE["PERSON_ANSWER_WORKING_DAYS"]}
    return render(request, f"{PAGES}/ask.html", context, status=form_status(form))


def person_request_asked(request: HttpRequest) -> HttpResponse:
    """Show whoever has a reference how far the request is."""
    form = PersonReferenceForm(request.GET if "reference" in request.GET else None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        asked = person_request_of(form.cleaned_data["reference"])
        context |= {
            "asked": asked,
            "reference": in_groups(asked.reference),
            "last_day": last_day_shown(asked, "due_on"),
            "pick_up_form": form_of(pick_up_answer)(initial={"reference": asked.reference}),
            "authority": settings.CENTRE["PERSON_AUTHORITY"],
            "days": settings.CENTRE["PERSON_ANSWER_DAYS"],
        }
    return render(request, f"{PAGES}/asked.html", context, status=form_status(form))


@never_cache
def person_request_answer(request: HttpRequest) -> HttpResponse:
    form = form_of(pick_up_answer)(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        context["answer"] = pick_up_answer(**form.taken(), by=actor(request))
    return render(request, f"{PAGES}/answer.html", context, status=form_status(form))


@signed_in
def person_request_record(request: HttpRequest) -> HttpResponse:
    """Let an officer record what a person asked of their organization."""
    by = actor(request)
    if not by.has(Role.OFFICER):
        raise NotAllowed(_("Only officers record what a person asked of their organization."))
    form = form_of(ask_for_person)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = attempt(form, lambda: ask_for_person(**form.taken(), by=by))
        if asked is not None:
            messages.success(request, _("Recorded. Give the person the reference."))
            return redirect("person_request_detail", pk=asked.pk)
    return render(request, f"{PAGES}/record.html", {"form": form}, status=form_status(form))


@signed_in
def person_request_list(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    if not by.has(Role.OFFICER, Role.REVIEWER):
        raise NotAllowed(_("Only officers and the centre's reviewers see requests of persons."))
    return list_page(
        request,
        f"{PAGES}/list.html",
        PersonRequestTable,
        person_requests_visible_to(by),
        filters=PersonRequestFilters,
        context={"is_officer": by.has(Role.OFFICER)},
    )


@require_POST
@signed_in
@never_cache
def person_request_identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a reviewer who a person says to be."""
    return person_request_page(request, pk, identity=read_identity(pk, by=actor(request)))


def person_request_page(
    request: HttpRequest,
    /,
    pk: UUID,
    *,
    identity: dict[str, Any] | None = None,
    **forms: Form,
) -> HttpResponse:
    by = actor(request)
    asked: PersonRequest = visible(person_requests_visible_to(by), pk=pk)
    context = {
        "asked": asked,
        "reference": in_groups(asked.reference),
        "last_day": last_day_shown(asked, "due_on"),
        "acts": acts_on_person_request(asked, by),
        "verdicts": len(verdicts_with(asked)) if asked.is_removal else 0,
        "identity": identity,
        "prove_form": form_of(prove_identity)(),
        "close_form": form_of(close_unproven)(auto_id="close_%s"),
        "grant_form": form_of(grant_person_request)(auto_id="grant_%s"),
        "refuse_form": form_of(refuse_person_request)(),
        "timeline": timeline_of(asked.subject, by=by),
        **forms,
    }
    status = max((form_status(form) for form in forms.values()), default=200)
    return render(request, f"{PAGES}/detail.html", context, status=status)
