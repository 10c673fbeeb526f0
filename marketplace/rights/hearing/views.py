from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import allowed, visible
from marketplace.rights.claim import policies
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.presentation import published_facts
from marketplace.rights.hearing.services import (
    attach_exhibit,
    decide_objection,
)
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.rules import acts_on_objection, check_object_to_claim
from marketplace.rights.objection.selectors import exhibits_of, objections_visible_to
from marketplace.rights.procedure.profile import profile
from marketplace.vault.services import open_stored
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def object_page(request: HttpRequest, claim: Claim, form: ActForm) -> HttpResponse:
    """Let an identified party object to a published claim."""
    context = {
        "claim": claim,
        "facts": published_facts(claim),
        "acts": allowed({"object_to_claim": check_object_to_claim}, claim, actor(request)),
        "profile": profile(claim.procedure),
        "form": form,
    }
    return render(request, "rights/claim_object.html", context, status=form_status(form))


def objection_page(
    request: HttpRequest,
    objection: Objection,
    *,
    decide: ActForm | None = None,
    refer: ActForm | None = None,
    exhibit: ActForm | None = None,
) -> HttpResponse:
    """Show an objection to both parties and the centre."""
    by, sent = actor(request), decide or refer or exhibit
    context = {
        "objection": objection,
        "acts": acts_on_objection(objection, by),
        "sees_claim": policies.may_examine(by, objection.claim)
        or by.acts_for(objection.claim.organization_id),
        "exhibits": exhibits_of(objection),
        "form": decide or form_of(decide_objection)(),
        "refer_form": refer,
        "exhibit_form": exhibit or form_of(attach_exhibit)(),
        "timeline": timeline_of(f"objection:{objection.pk}", by=by),
    }
    status = form_status(sent) if sent else 200
    return render(request, "rights/objection_detail.html", context, status=status)


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
    by, form = actor(request), form_of(attach_exhibit)(request.POST, request.FILES)
    if form.is_valid():
        exhibit = attempt(form, lambda: attach_exhibit(pk, **form.taken(), by=by))
        if exhibit is not None:
            messages.success(request, _("The file is added, encrypted."))
            return redirect("objection_detail", pk=pk)
    objection = visible(objections_visible_to(by), pk=pk)
    return objection_page(request, objection, exhibit=form)
