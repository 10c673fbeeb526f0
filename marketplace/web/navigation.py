"""The places that a page leads to, by role."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core import Actor

EVERYONE = ""
SIGNED_IN = "signed-in"
STAFF = ("reviewer", "auditor", "administrator")


@dataclass(frozen=True)
class Place:
    """An entry of the navigation; whoever has one of `roles` reads it.

    `roles` holds names of roles, or `EVERYONE`, or `SIGNED_IN`.
    """

    label: str | Promise
    icon: str
    url_name: str
    roles: Sequence[str]


PLACES = (
    Place(_("My desk"), "layout-dashboard", "desk", (SIGNED_IN,)),
    Place(_("Calendar"), "calendar-days", "calendar", (SIGNED_IN,)),
    Place(_("Market"), "store", "market", (EVERYONE,)),
    Place(_("Datasets"), "database", "dataset_list", ("officer", "finance", *STAFF)),
    Place(_("Preparation runs"), "activity", "run_list", ("officer", *STAFF)),
    Place(_("Models"), "brain", "model_list", ("officer", *STAFF)),
    Place(_("Measurements"), "gauge", "measurement_list", ("buyer", *STAFF)),
    Place(_("Rights"), "scale", "claim_list", ("officer", *STAFF)),
    Place(_("Valuations"), "calculator", "appraisal_list", ("officer", *STAFF)),
    Place(_("Listings"), "tags", "listing_list", ("officer", *STAFF)),
    Place(_("Orders"), "handshake", "order_list", ("officer", "buyer", "finance", *STAFF)),
    Place(_("My data"), "package-open", "grant_list", ("buyer",)),
    Place(
        _("Requests for data"),
        "message-circle-question-mark",
        "demand_list",
        ("officer", "buyer", *STAFF),
    ),
    Place(_("Labelling"), "highlighter", "labelling_list", ("officer", *STAFF)),
    Place(_("Labelling work"), "highlighter", "labelling_work_list", ("annotator",)),
    Place(_("Pay for labels"), "wallet", "label_pay_list", ("owner", "annotator")),
    Place(_("Money"), "banknote", "money_desk", ("officer", "buyer", "finance", *STAFF)),
    Place(_("Review queue"), "clipboard-check", "review_queue", ("reviewer",)),
    Place(_("Re-identifications"), "user-search", "reidentification_list", ("reviewer",)),
    Place(
        _("Requests of persons"), "contact-round", "person_request_list", ("officer", "reviewer")
    ),
    Place(_("Organizations"), "building-2", "organization_list", (SIGNED_IN,)),
    Place(_("Changes of people"), "users", "change_list", ("owner", *STAFF)),
    Place(_("Public notices"), "megaphone", "public_notice_list", (EVERYONE,)),
    Place(_("Check a certificate"), "shield-check", "verify", (EVERYONE,)),
    Place(_("Ledger"), "scroll-text", "ledger", (EVERYONE,)),
    Place(_("Regions"), "chart-column", "region_dashboard", ("officer", *STAFF)),
    Place(_("Bookings"), "landmark", "recognition_list", ("finance", *STAFF)),
    Place(_("Debt ratio"), "percent", "debt_ratio", ("officer", "finance")),
    Place(_("Automatic steps"), "workflow", "pipeline", ("administrator",)),
    Place(_("E-mails that failed"), "mail-x", "failed_email_list", ("administrator",)),
    Place(_("Settings of the centre"), "sliders-horizontal", "centre_settings", ("administrator",)),
    Place(_("Administration"), "wrench", "admin:index", ("administrator",)),
)
OWN_PLACES = (
    Place(_("My desk"), "layout-dashboard", "desk", (SIGNED_IN,)),
    Place(_("My notices"), "bell", "notice_list", (SIGNED_IN,)),
    Place(_("Webhooks"), "webhook", "endpoint_list", ("owner", "officer", "buyer")),
    Place(_("API tokens"), "key-round", "account_tokens", (SIGNED_IN,)),
    Place(_("Two-factor authentication"), "shield-check", "mfa_index", (SIGNED_IN,)),
    Place(_("Change password"), "lock", "account_change_password", (SIGNED_IN,)),
)
"""What stands in the menu of whoever is signed in."""


@dataclass(frozen=True)
class Link:
    """A place as it stands on one page."""

    label: str
    icon: str
    url: str
    is_current: bool


def links_for(by: Actor, path: str, places: Sequence[Place]) -> list[Link]:
    """Return the places that an actor may go to; the one that the path belongs to is current."""
    open_places = [
        (place, url)
        for place in places
        if _may_go(by, place) and (url := _address_of(place.url_name))
    ]
    # The longest address wins, so that a place under another is current alone.
    current = max((url for _, url in open_places if path.startswith(url)), key=len, default=None)
    return [
        Link(label=str(place.label), icon=place.icon, url=url, is_current=url == current)
        for place, url in open_places
    ]


def _may_go(by: Actor, place: Place) -> bool:
    if EVERYONE in place.roles:
        return True
    if SIGNED_IN in place.roles:
        return by.is_signed_in
    return by.has(*place.roles)


@cache
def _address_of(url_name: str) -> str:
    """Return the address of a place, "" where the centre is run without it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
