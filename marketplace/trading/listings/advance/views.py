from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.trading.listings.advance.services import advance_product
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@require_POST
@signed_in
def product_advance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the offers of a product move on to a version."""
    revision = advance_product(pk, by=actor(request))
    sentence = _("Revision %(number)d is live. Buyers who get each later revision have it now.")
    messages.success(request, sentence % {"number": revision.number})
    return redirect("dataset_products", pk=revision.product.dataset_id)
