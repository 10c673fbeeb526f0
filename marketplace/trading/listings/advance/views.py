from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import is_open, visible
from marketplace.trading.listings.advance.presentation import later_versions
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.rules import check_declare_key
from marketplace.trading.listings.product.selectors import products_visible_to
from marketplace.trading.listings.product.services import declare_key
from marketplace.trading.listings.revision.selectors import products_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@require_POST
@signed_in
def product_advance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the offers of a product move on to a version."""
    revision = advance_product(pk, by=actor(request))
    sentence = _("Revision %(number)d is live. Buyers who get each later revision have it now.")
    messages.success(request, sentence % {"number": revision.number})
    return redirect("dataset_products", pk=revision.product.dataset_id)


@dataclass(frozen=True)
class Panel:
    """A product with the form of its key, None for who declares none."""

    product: Product
    key_form: ActForm | None


@require_POST
@signed_in
def product_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Declare by which columns the rows of a product are told apart."""
    by, form = actor(request), form_of(declare_key)(request.POST)
    product = visible(products_visible_to(by), pk=pk)
    is_sent = form.is_valid()
    if is_sent and attempt(form, lambda: declare_key(pk, **form.taken(), by=by)) is not None:
        messages.success(request, _("The key is declared."))
        return redirect("dataset_products", pk=product.dataset_id)
    return products_page(request, product.dataset_id, refused=product, key_form=form)


@signed_in
def dataset_products(request: HttpRequest, pk: UUID) -> HttpResponse:
    return products_page(request, pk)


def products_page(
    request: HttpRequest,
    pk: UUID,
    *,
    refused: Product | None = None,
    key_form: ActForm | None = None,
) -> HttpResponse:
    """Return the page of a dataset's products, with what was wrong in the form of one's key."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    panels = []
    for product in products_of(dataset.pk, by):
        form = key_form if product == refused else _key_form(product)
        panels.append(Panel(product, form if is_open(check_declare_key, product, by) else None))
    context = {
        "dataset": dataset,
        "panels": panels,
        "later": later_versions(dataset.pk, by) if panels else [],
    }
    status = form_status(key_form) if key_form else 200
    return render(request, "trading/listings/dataset_products.html", context, status=status)


def _key_form(product: Product) -> ActForm:
    return form_of(declare_key)(
        initial={"columns": product.key_columns}, auto_id=f"id_{product.pk.hex}_%s"
    )
