"""The seller's and the reviewer's pages of listings."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.roles import ROLES_OF_KIND, OrganizationKind, Role
from marketplace.accounts.timeline import timeline_of
from marketplace.appraisal.appraisal.presentation import figures as appraisal_figures
from marketplace.catalog.version.selectors import columns_of, versions_visible_to
from marketplace.core import clock, visible
from marketplace.core.versions import version_of
from marketplace.preparation.policy.forms import offered_columns
from marketplace.preparation.policy.presentation import roles_on_page
from marketplace.preparation.report.presentation import lines_of
from marketplace.rights.registration.presentation import source_facts
from marketplace.trading.listings import gate
from marketplace.trading.listings.line.copies import failed_copies_of_offer
from marketplace.trading.listings.listing.copying import formers_of
from marketplace.trading.listings.listing.forms import DraftForm, OfferForm, terms_of_before
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import (
    guests_of,
    listings_of_sellers,
    listings_to_replace,
    offers_to_copy_of,
    successor_of,
)
from marketplace.trading.listings.listing.services import (
    draft_listing,
    invite_to_listing,
    offer_to_others,
    revise_listing,
    take_invitation_back,
)
from marketplace.trading.listings.listing.texts import texts_at_first
from marketplace.trading.listings.publication.acts import acts_on_listing, acts_on_version
from marketplace.trading.listings.publication.forms import GuestForm
from marketplace.trading.listings.publication.services import (
    publish_listing,
    return_listing,
    submit_listing,
    withdraw_listing,
)
from marketplace.trading.listings.renewal.presentation import listing_facts, renewal_facts
from marketplace.trading.listings.renewal.selectors import (
    relabelled_columns,
    renewed_proofs,
    returned_renewal_of,
    waiting_renewal_of,
)
from marketplace.trading.listings.renewal.services import approve_renewal
from marketplace.trading.listings.report.selectors import report_of_listing
from marketplace.trading.listings.sandbox.selectors import sandbox_of
from marketplace.trading.listings.sheet.model import model_of_sheet
from marketplace.trading.listings.sheet.presentation import (
    facts_of_report,
    facts_of_sandbox,
    risk_in_words,
)
from marketplace.trading.listings.sheet.sheet import NO_SAMPLE, sample_of
from marketplace.trading.listings.terms.presentation import terms_facts
from marketplace.web.forms import CopyForm
from marketplace.web.pages import attempt, form_status, goes_on, signed_in, unless_changed
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of

SUBMITTED = gettext_lazy("The listing is submitted. A reviewer of the centre decides on it.")


@signed_in
def listing_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to offer a desensitized version."""
    by = actor(request)
    version = visible(versions_visible_to(by), pk=pk)
    offers, asked = offers_to_copy_of(version.dataset.organization_id, by), CopyForm.asked(request)
    former = offers.first() if asked is None else visible(offers, pk=asked)
    initial = terms_of_before(former) | texts_at_first(version.described)
    on_market = list(listings_to_replace(version.dataset_id, by))
    form = DraftForm(request.POST or None, initial=initial, version=version, on_market=on_market)
    if request.method == "POST" and form.is_valid():
        listing = attempt(
            form,
            lambda: draft_listing(
                pk, offer=form.offer(), replaces=form.cleaned_data.get("replaces"), by=by
            ),
        )
        if listing is not None:
            if goes_on(request, lambda: submit_listing(listing.pk, by=by)):
                messages.success(request, SUBMITTED)
                return redirect(settings.LOGIN_REDIRECT_URL)
            messages.success(request, _("The listing is drafted. See below what is still missing."))
            return redirect("listing_detail", pk=listing.pk)
    context = {
        "form": form,
        "version": version,
        "acts": acts_on_version(version, by),
        "former": former,
        "formers": formers_of(offers),
    }
    return render(request, "trading/listings/listing_draft.html", context, status=form_status(form))


@signed_in
def listing_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    form = OfferForm(
        request.POST or None,
        initial=OfferForm.values_of(listing),
        version=listing.revision.version,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            unless_changed(request, listing, lambda: revise_listing(pk, offer=form.offer(), by=by)),
        )
        is not None
    ):
        messages.success(request, _("The listing is changed."))
        return redirect("listing_detail", pk=pk)
    acts = acts_on_listing(listing, by)
    context = {
        "form": form,
        "listing": listing,
        "version": listing.revision.version,
        "acts": acts,
        "seen_version": version_of(listing),
    }
    return render(request, "trading/listings/listing_draft.html", context, status=form_status(form))


@signed_in
def listing_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a listing to its seller: the gate, the next step, the terms, the history."""
    return listing_page(request, visible(listings_of_sellers(actor(request)), pk=pk))


@signed_in
def listing_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    return review_page(request, visible(listings_of_sellers(actor(request)), pk=pk))


@require_POST
@signed_in
def listing_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    form = _publish_form(listing, request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: publish_listing(pk, **form.taken(), by=by)) is not None
    ):
        messages.success(request, _("The listing is published."))
        return redirect("listing_detail", pk=pk)
    listing = visible(listings_of_sellers(by), pk=pk)
    return review_page(request, listing, publish_form=form)


@require_POST
@signed_in
def listing_offer_to_others(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft what a listing offers once more, free for organizations of certain kinds."""
    by, form = actor(request), _others_form(request.POST)
    listing = visible(listings_of_sellers(by), pk=pk)
    if form.is_valid():
        drafted = attempt(form, lambda: offer_to_others(pk, **form.taken(), by=by))
        if drafted is not None:
            messages.success(request, _("The offer is drafted. Submit it as it is, or revise it."))
            return redirect("listing_detail", pk=drafted.pk)
    return listing_page(request, listing, others_form=form)


def _others_form(sent: QueryDict | None = None) -> ActForm:
    """Make the form that offers a listing to kinds of organizations that can order."""
    kinds = [pair for pair in OrganizationKind.choices if Role.BUYER in ROLES_OF_KIND[pair[0]]]
    return form_of(offer_to_others)(
        sent,
        offered={"visible_kinds": kinds},
        initial={"visible_kinds": [OrganizationKind.GOVERNMENT.value]},
    )


def _publish_form(listing: Listing, sent: QueryDict | None = None) -> ActForm:
    """Make the form of a decision, with a box for each column that is relabelled."""
    return form_of(publish_listing)(sent, **offered_columns(relabelled_columns(listing)))


def listing_page(
    request: HttpRequest,
    listing: Listing,
    *,
    reason_form: ActForm | None = None,
    invitation_form: ActForm | None = None,
    guest_form: GuestForm | None = None,
    others_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    reason_form, guest_form = reason_form or form_of(withdraw_listing)(), guest_form or GuestForm()
    invitation_form = invitation_form or form_of(invite_to_listing)()
    others_form = others_form or _others_form()
    renewal = waiting_renewal_of(listing)
    points = gate.points_of(listing, gate.proofs_of(listing), on=clock.today())
    context = {
        "listing": listing,
        "facts": listing_facts(listing),
        "terms": terms_facts(listing.terms, delivery_mode=listing.delivery_mode),
        "points": points,
        "is_open": not any(point.finding for point in points),
        "failed_copies": failed_copies_of_offer(listing),
        "acts": acts_on_listing(listing, by),
        "renewal": renewal,
        "returned": None if renewal else returned_renewal_of(listing),
        "guests": guests_of(listing),
        "successor": successor_of(listing),
        "reason_form": reason_form,
        "invitation_form": invitation_form,
        "guest_form": guest_form,
        "others_form": others_form,
        "timeline": timeline_of(f"listing:{listing.pk}", by=by),
    }
    status = max(map(form_status, (reason_form, invitation_form, guest_form, others_form)))
    return render(request, "trading/listings/listing_detail.html", context, status=status)


def review_page(
    request: HttpRequest,
    listing: Listing,
    *,
    publish_form: ActForm | None = None,
    return_form: ActForm | None = None,
) -> HttpResponse:
    """Return the page of a decision: on a first publication, or on a renewal."""
    by = actor(request)
    publish_form = publish_form or _publish_form(listing)
    return_form = return_form or form_of(return_listing)()
    renewal = waiting_renewal_of(listing)
    proofs = gate.proofs_of(listing) if renewal is None else renewed_proofs(listing, renewal)
    points = gate.points_of(listing, proofs, on=clock.today())
    report, acts = proofs.risk_report, acts_on_listing(listing, by)
    decides = acts["return_listing"] or acts["return_renewal"]
    context: dict[str, Any] = {
        "listing": listing,
        "proofs": proofs,
        "facts": listing_facts(listing),
        "terms": terms_facts(listing.terms, delivery_mode=listing.delivery_mode),
        "points": points,
        "is_open": not any(point.finding for point in points),
        "columns": columns_of(listing.revision.version),
        "sample": NO_SAMPLE
        if listing.revision.version.is_model
        else sample_of(listing.revision.version),
        "sheet": model_of_sheet(report) if report and report.is_of_model else None,
        "instead": facts_of_sandbox(sandbox_of(listing))
        or facts_of_report(report_of_listing(listing)),
        "source": source_facts(proofs.described),
        "risk_lines": lines_of(report) if report else [],
        "value": appraisal_figures(proofs.appraisal) if proofs.appraisal else [],
        "risk": risk_in_words(
            {
                "figures": report.figures,
                "verdict": report.verdict,
                "judgement": report.judgement,
                "quasi_identifiers": report.quasi_identifiers,
            }
        )
        if report
        else [],
        **roles_on_page(
            report.measured_by.policy if report and report.relabelled else None,
            listing.revision.version.parent if decides else None,
            by=by,
            onward=reverse("listing_review", args=[listing.pk]),
        ),
        "acts": acts,
        "renewal": renewal,
        "days": renewal_facts(renewal) if renewal else [],
        "publish_form": publish_form,
        "return_form": return_form,
        "timeline": timeline_of(f"listing:{listing.pk}", by=by),
    }
    status = max(form_status(publish_form), form_status(return_form))
    return render(request, "trading/listings/listing_review.html", context, status=status)


@require_POST
@signed_in
def renewal_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    form = _publish_form(listing, request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: approve_renewal(pk, **form.taken(), by=by)) is not None
    ):
        messages.success(request, _("The listing is renewed."))
        return redirect("listing_detail", pk=pk)
    return review_page(request, visible(listings_of_sellers(by), pk=pk), publish_form=form)


@require_POST
@signed_in
def listing_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(invite_to_listing)(request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: invite_to_listing(pk, **form.taken(), by=by)) is not None
    ):
        messages.success(request, _("The organizations see the listing now."))
        return redirect("listing_detail", pk=pk)
    return listing_page(request, visible(listings_of_sellers(by), pk=pk), invitation_form=form)


@require_POST
@signed_in
def invitation_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), GuestForm(request.POST)
    if (
        form.is_valid()
        and attempt(
            form,
            lambda: take_invitation_back(
                pk, organization_id=form.cleaned_data["organization"], by=by
            ),
        )
        is not None
    ):
        messages.success(request, _("The invitation is taken back."))
        return redirect("listing_detail", pk=pk)
    return listing_page(request, visible(listings_of_sellers(by), pk=pk), guest_form=form)
