"""The page that has a version tried together with earlier ones."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.preparation.release.services import start_composition
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor

# The page's button that tries a version together with earlier releases.


@require_POST
@signed_in
def composition_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a masked version tried together with what was let out of the same people."""
    run = start_composition(pk, by=actor(request))
    messages.success(request, _("The releases are being tried together."))
    return redirect("run_detail", pk=run.pk)
