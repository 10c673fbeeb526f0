"""The page of a feed: what arrived, how far it came, and what holds it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.catalog.approval.rules import check_submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.form import is_confirmed
from marketplace.catalog.feed.rules import acts_on_feed
from marketplace.catalog.feed.services import open_feed
from marketplace.catalog.source.models import DatabaseSource
from marketplace.catalog.source.selectors import sources_in_use
from marketplace.core import is_open, visible
from marketplace.trading.listings.line.copies import failed_copies_of
from marketplace.trading.listings.line.forms import FeedForm
from marketplace.trading.listings.line.selectors import line_of, sendings_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def dataset_feed(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, visible(datasets_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def feed_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    form = FeedForm(request.POST, sources=_sources(dataset))
    is_right = form.is_valid()
    if is_right and attempt(form, lambda: open_feed(pk, **form.taken(), by=by)) is not None:
        messages.success(
            request,
            _("The feed is open. Submit the dataset for content review: it waits until then."),
        )
        return redirect("dataset_feed", pk=pk)
    return _page(request, dataset, form)


def _sources(dataset: Dataset) -> list[DatabaseSource]:
    return list(sources_in_use(dataset))


def _page(request: HttpRequest, dataset: Dataset, form: FeedForm | None = None) -> HttpResponse:
    form = form or FeedForm(sources=_sources(dataset))
    context = {
        "dataset": dataset,
        "line": line_of(dataset),
        "is_confirmed": is_confirmed(dataset),
        "failed_copies": failed_copies_of(dataset),
        "sendings": sendings_of(dataset, actor(request)),
        "acts": acts_on_feed(dataset, actor(request)),
        "is_own": is_open(check_owner, dataset, actor(request)),
        "submits": is_open(check_submit_dataset, dataset, actor(request)),
        "form": form,
    }
    return render(request, "trading/listings/feed.html", context, status=form_status(form))
