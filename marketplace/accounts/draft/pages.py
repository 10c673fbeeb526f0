"""How a long form keeps what was filled in: by a button, and with each look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from marketplace.accounts.draft.selectors import drafts_of
from marketplace.accounts.draft.services import forget_draft, keep_draft
from marketplace.core import Invalid
from marketplace.web.pages import SEEN
from marketplace.web.requests import actor

KEEP, FORGET = "keep_draft", "forget_draft"
BUTTONS = frozenset({KEEP, FORGET, "csrfmiddlewaretoken", "preview", "goes_on", "set_ticked"})


@dataclass(frozen=True)
class Drafted:
    """What a form begins with that was filled in before, and when it was kept."""

    fields: QueryDict
    kept_at: datetime

    @property
    def seen_version(self) -> str:
        """Return the version of the thing that the form was opened with, "" where it has none."""
        return str(self.fields.get(SEEN, ""))


def draft_answer(request: HttpRequest, place: str) -> HttpResponse | None:
    """Keep or forget a draft where its button was pressed; return where to go on, else None."""
    by = actor(request)
    if FORGET in request.POST:
        forget_draft(place, by=by)
        messages.success(request, _("The draft is forgotten."))
        return redirect(request.path)
    if KEEP not in request.POST:
        return None
    keep_draft(place, fields=_filled_in(request), by=by)
    messages.success(request, _("The draft is kept. Nothing is decided by it."))
    return redirect(request.path)


def keep_quietly(request: HttpRequest, place: str) -> None:
    """Keep what a look at the form was sent with; what cannot be kept is told by the button."""
    try:
        keep_draft(place, fields=_filled_in(request), by=actor(request))
    except Invalid:
        return


def drafted(request: HttpRequest, place: str) -> Drafted | None:
    """Return what was filled in before, where the address asks for nothing else."""
    if request.method != "GET" or request.GET:
        return None
    draft = drafts_of(actor(request)).filter(place=place).first()
    if draft is None:
        return None
    fields = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        fields.setlist(name, values)
    return Drafted(fields, draft.kept_at)


def _filled_in(request: HttpRequest) -> Mapping[str, list[str]]:
    return {name: values for name, values in request.POST.lists() if name not in BUTTONS}
