from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import visible
from marketplace.rights.claim import policies
from marketplace.rights.claim import presentation as claim_words
from marketplace.rights.hearing.services import (
    attach_exhibit,
    decide_objection,
    object_to_claim,
)
from marketplace.rights.notice.selectors import published_claims
from marketplace.rights.objection.forms import DecideObjectionForm, ExhibitForm, ObjectionForm
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.rules import acts_on_objection
from marketplace.rights.objection.selectors import exhibits_of, objections_visible_to
from marketplace.rights.procedure.profile import profile
from marketplace.rights.registration.rules import acts_on_claim
from marketplace.vault.services import open_stored
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm


@signed_in
def claim_object(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an identified party object to a published claim."""
    by, form = actor(request), ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        objection = attempt(
            form, lambda: object_to_claim(pk, text=form.cleaned_data["text"], by=by)
        )
        if objection is not None:
            messages.success(
                request, _("Your objection is submitted. You will be notified of the decision.")
            )
            return redirect("objection_detail", pk=objection.pk)
    claim = visible(published_claims(), pk=pk)
    context = {
        "claim": claim,
        "facts": claim_words.published_facts(claim),
        "acts": acts_on_claim(claim, by),
        "profile": profile(claim.procedure),
        "form": form,
    }
    return render(request, "rights/claim_object.html", context, status=form_status(form))


@signed_in
def objection_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an objection to both parties and the centre."""
    objection = visible(objections_visible_to(actor(request)), pk=pk)
    return objection_page(request, objection, DecideObjectionForm())


def objection_page(
    request: HttpRequest,
    objection: Objection,
    form: DecideObjectionForm | ActForm | ExhibitForm,
) -> HttpResponse:
    by = actor(request)
    context = {
        "objection": objection,
        "acts": acts_on_objection(objection, by),
        "sees_claim": policies.may_examine(by, objection.claim)
        or by.acts_for(objection.claim.organization_id),
        "exhibits": exhibits_of(objection),
        "form": form if isinstance(form, DecideObjectionForm) else DecideObjectionForm(),
        "refer_form": form,
        "exhibit_form": form if isinstance(form, ExhibitForm) else ExhibitForm(),
        "timeline": timeline_of(f"objection:{objection.pk}", by=by),
    }
    return render(request, "rights/objection_detail.html", context, status=form_status(form))


@require_POST
@signed_in
def objection_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), DecideObjectionForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        decided = attempt(
            form,
            lambda: decide_objection(
                pk, is_upheld=sent["outcome"] == "upheld", reason=sent["reason"], by=by
            ),
        )
        if decided is not None:
            messages.success(request, _("The objection is decided."))
            return redirect("objection_detail", pk=pk)
    return objection_page(request, visible(objections_visible_to(by), pk=pk), form)


@login_required
def exhibit_download(request: HttpRequest, pk: UUID, exhibit_pk: UUID) -> FileResponse:
    """Give a file to both parties and the centre, as an attachment and nothing else."""
    objection = visible(objections_visible_to(actor(request)), pk=pk)
    file = visible(exhibits_of(objection), pk=exhibit_pk).file
    return FileResponse(
        open_stored(file),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )


@require_POST
@signed_in
def exhibit_attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), ExhibitForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data
        exhibit = attempt(
            form, lambda: attach_exhibit(pk, title=sent["title"], upload=sent["upload"], by=by)
        )
        if exhibit is not None:
            messages.success(request, _("The file is added, encrypted."))
            return redirect("objection_detail", pk=pk)
    return objection_page(request, visible(objections_visible_to(by), pk=pk), form)
