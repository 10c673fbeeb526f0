"""The choice of a language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from marketplace.accounts.services.people import remember_language
from marketplace.web.requests import actor


@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language, and write a signed-in person's e-mails in it too."""
    by, chosen = actor(request), request.POST.get("language", "")
    if by.person_id is not None and chosen in dict(settings.LANGUAGES):
        remember_language(by.person_id, chosen)
    return set_language(request)
