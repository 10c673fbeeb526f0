from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.acts import acts_on_organization
from marketplace.accounts.models import Organization
from marketplace.accounts.organization.rules import missing_documents
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.person.selectors import names_of
from marketplace.core import visible
from marketplace.review.selectors import documents_visible_to
from marketplace.review.services import attach_document, open_document
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def organization_documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what an organization has attached, to whoever may attach more."""
    return _documents(request, visible(organizations_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def document_attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(attach_document)(request.POST, request.FILES)
    act = partial(attach_document, pk, by=by)
    if form.is_valid() and attempt(form, lambda: act(**form.taken())) is not None:
        messages.success(request, _("The document is attached."))
        return redirect("organization_documents", pk=pk)
    return _documents(request, visible(organizations_visible_to(by), pk=pk), form)


@login_required
def document_download(request: HttpRequest, pk: UUID) -> FileResponse:
    """Give a document as an attachment and nothing else."""
    by = actor(request)
    file = visible(documents_visible_to(by), pk=pk).file
    return FileResponse(
        open_document(pk, by=by),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )


def _documents(
    request: HttpRequest, organization: Organization, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(attach_document)()
    documents = list(documents_visible_to(by).filter(organization=organization))
    names = names_of([document.attached_by_id for document in documents])
    newest = {document.kind: document.pk for document in reversed(documents)}
    context = {
        "organization": organization,
        "documents": [
            (document, names.get(document.attached_by_id, ""), document.pk == newest[document.kind])
            for document in documents
        ],
        "missing": missing_documents(organization),
        "acts": acts_on_organization(organization, by),
        "form": form,
    }
    return render(request, "review/documents.html", context, status=form_status(form))
