"""The page of a dataset's products."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core.locking import visible
from marketplace.trading.listings.product.selectors import products_of
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@signed_in
def dataset_products(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is sold of a dataset: each product with its revisions and their offers."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    context = {"dataset": dataset, "products": products_of(dataset.pk, by)}
    return render(request, "trading/listings/dataset_products.html", context)
