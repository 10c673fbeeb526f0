from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from marketplace.core import visible
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.views import grant_page
from marketplace.delivery.use.forms import KeyForm
from marketplace.delivery.use.services import make_grant_key
from marketplace.web.pages import attempt, signed_in
from marketplace.web.requests import actor


@require_POST
@signed_in
def grant_key_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the key of a grant, and show its secret in the answer itself: it is kept nowhere."""
    by, form, issued = actor(request), KeyForm(request.POST), None
    if form.is_valid():
        issued = attempt(form, lambda: make_grant_key(pk, days=form.cleaned_data["days"], by=by))
    grant = visible(grants_visible_to(by), pk=pk)
    return grant_page(request, grant, key_form=None if issued else form, issued=issued)
