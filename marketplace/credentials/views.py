"""The public pages on which anybody checks what the centre signed."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from marketplace.core import NotFound, clock, visible
from marketplace.credentials import identity, selectors
from marketplace.credentials.documents import MAX_BYTES, Malformed, read_document
from marketplace.credentials.forms import CheckForm
from marketplace.credentials.models import Credential
from marketplace.credentials.presentation import remarks_in_words, sheet_sections
from marketplace.credentials.services import signed_status_list
from marketplace.web.pages import form_status

KEPT_SECONDS = 300
"""How long a copy of a status list may be kept before it is asked for again."""


def verify(request: HttpRequest) -> HttpResponse:
    """Check a number or a document, without signing in."""
    if request.method == "POST":
        form = CheckForm(request.POST, request.FILES)
    else:
        form = CheckForm(request.GET if "number" in request.GET else None)
    result = None
    if form.is_bound and form.is_valid():
        result = _checked(form.cleaned_data)
    found = result.credential if result else None
    context = {
        "form": form,
        "result": result,
        "remarks": remarks_in_words(found) if found else [],
    }
    return render(request, "credentials/verify.html", context, status=form_status(form))


def _checked(sent: dict[str, Any]) -> selectors.CheckResult:
    if sent["number"]:
        return selectors.check_number(sent["number"])
    file = sent["file"]
    data = file.read(MAX_BYTES + 1) if file else sent["document"].encode()
    try:
        return selectors.check_document(read_document(data))
    except Malformed:
        return selectors.malformed()


def credential_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    credential = visible(selectors.all_credentials(), pk=pk)
    context = {
        "credential": credential,
        "doubts": selectors.standing(credential, on=clock.today()),
        "sections": sheet_sections(credential),
        "issuer_name": selectors.issuer_name(credential),
        "remarks": remarks_in_words(credential),
        "qr_code": _qr_code(credential),
    }
    return render(request, "credentials/credential_detail.html", context)


def credential_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a credential as a sheet to print, with the code that leads back to it."""
    credential = visible(selectors.all_credentials(), pk=pk)
    context = {
        "credential": credential,
        "doubts": selectors.standing(credential, on=clock.today()),
        "sections": sheet_sections(credential),
        "is_national": selectors.claims_of(credential).get("nature") == "registration",
        "issuer_name": selectors.issuer_name(credential),
        "remarks": remarks_in_words(credential),
        "address": _address(credential),
        "qr_code": _qr_code(credential),
        "printed_on": clock.today(),
    }
    return render(request, "credentials/credential_sheet.html", context)


def credential_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the signed document, in the canonical form that was signed, with its proof."""
    credential = visible(selectors.all_credentials(), pk=pk)
    body = rfc8785.dumps(selectors.document_of(credential))
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{credential.number}.json"'
    return answer


def status_list(request: HttpRequest, issuer: str, purpose: str, number: int) -> HttpResponse:
    """Return a signed status list, which caches may keep."""
    return _public_json(
        request, signed_status_list(issuer, purpose=purpose, number=number), "application/vc"
    )


def did_document(request: HttpRequest) -> HttpResponse:
    """Return the document of the centre's `did:web`.

    Raises:
        NotFound: the centre has no domain of its own, or has signed nothing yet.
    """
    keys = selectors.public_keys()
    if not identity.has_domain() or not keys:
        raise NotFound(_("This centre has no did:web. Its documents name a did:key."))
    issuer = identity.issuer_of(keys[-1])
    return _public_json(request, identity.did_document(issuer, keys), "application/did+json")


def _public_json(request: HttpRequest, document: dict[str, Any], kind: str) -> HttpResponse:
    body = rfc8785.dumps(document)
    etag = f'"{sha256(body).hexdigest()}"'
    answer = HttpResponse(body, content_type=kind)
    patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
    answer["ETag"] = etag
    answer["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _address(credential: Credential) -> str:
    return identity.address_of(reverse("credential_detail", args=[credential.pk]))


def _qr_code(credential: Credential) -> SafeString:
    title = _("Code that leads to %(number)s") % {"number": credential.number}
    return qr_code(_address(credential), title=title)


# QR codes as SVG, without style and script, so that they stand under a strict policy.

QUIET = 4
"""The empty border that a reader needs, in modules (ISO/IEC 18004)."""


def qr_code(text: str, *, title: str) -> SafeString:
    """Draw a text as a QR code of one path; `title` tells screen readers where it leads."""
    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    dark = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row, modules in enumerate(code.modules)
        for column, is_dark in enumerate(modules)
        if is_dark
    )
    size = len(code.modules) + 2 * QUIET
    return format_html(
        '<svg class="qr-code" role="img" aria-label="{}" viewBox="0 0 {} {}" width="180" '
        'height="180" shape-rendering="crispEdges"><title>{}</title>'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>',
        *(title, size, size, title, size, size, dark),
    )
