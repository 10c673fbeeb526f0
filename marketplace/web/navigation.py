"""The menu: the places that a page leads to, by role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core import Actor

EVERYONE = ""
SIGNED_IN = "signed-in"
MEMBER = "member"
"""Signed in, of an organization that is not suspended."""
STAFF = ("reviewer", "auditor", "administrator")


@dataclass(frozen=True)
class Place:
    """An entry of the navigation, for readers who have one of `roles`.

    `roles` holds names of roles, or `EVERYONE`, `SIGNED_IN` or `MEMBER`. `also` holds where the
    addresses of other pages begin that belong to the place.
    """

    label: str | Promise
    icon: str
    url_name: str
    roles: Sequence[str]
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Part:
    """Places of the menu under one heading; those of a part without a label stand at the top."""

    code: str
    label: str | Promise
    places: Sequence[Place]


MENU = (
    Part(
        "top",
        "",
        (
            Place(_("My desk"), "layout-dashboard", "desk", (SIGNED_IN,)),
            Place(_("Calendar"), "calendar-days", "calendar", (MEMBER,)),
            Place(_("Review queue"), "clipboard-check", "review_queue", ("reviewer",)),
            Place(_("Market"), "store", "market", (EVERYONE,)),
        ),
    ),
    Part(
        "data",
        _("Data"),
        (
            Place(
                *(_("Datasets"), "database", "dataset_list", ("officer", "finance", *STAFF)),
                also=(
                    *("/preparation/", "/prepared/", "/versions/", "/products/", "/sources/"),
                    *("/drawings/", "/files/", "/policies/", "/risk-reports/", "/origins/"),
                ),
            ),
            Place(_("Preparation runs"), "activity", "run_list", ("officer", *STAFF)),
            Place(
                *(_("Requests of persons"), "contact-round", "person_request_list"),
                ("officer", "reviewer"),
            ),
            Place(_("Re-identifications"), "user-search", "reidentification_list", ("reviewer",)),
        ),
    ),
    Part(
        "rights",
        _("Rights and value"),
        (
            Place(
                *(_("Rights"), "scale", "claim_list", ("officer", *STAFF)),
                also=("/certificates/", "/objections/", "/remarks/"),
            ),
            Place(
                *(_("Valuations"), "calculator", "appraisal_list", ("officer", *STAFF)),
                also=("/ceilings/", "/costs/"),
            ),
            Place(_("Regions"), "chart-column", "region_dashboard", ("officer", *STAFF)),
        ),
    ),
    Part(
        "trade",
        _("Trade"),
        (
            Place(
                *(_("Listings"), "tags", "listing_list", ("officer", *STAFF)),
                also=("/assessments/", "/income-shares/", "/inquiries/"),
            ),
            Place(
                *(_("Orders"), "handshake", "order_list"),
                ("officer", "buyer", "finance", *STAFF),
                also=(
                    *("/contracts/", "/amendments/", "/approvals/", "/disputes/", "/deletions/"),
                    "/remedies/",
                ),
            ),
            Place(
                *(_("My data"), "package-open", "grant_list", ("buyer",)),
                also=("/answers/", "/grant-keys/", "/pushes/"),
            ),
            Place(
                *(_("Requests for data"), "message-circle-question-mark", "demand_list"),
                ("officer", "buyer", *STAFF),
            ),
            Place(_("Measurements"), "gauge", "measurement_list", ("buyer", *STAFF)),
        ),
    ),
    Part(
        "labelling",
        _("Labelling and models"),
        (
            Place(
                *(_("Labelling"), "highlighter", "labelling_list", ("officer", *STAFF)),
                also=("/batches-of-items/", "/labelled-items/", "/labelled-sets/"),
            ),
            Place(
                *(_("Labelling work"), "highlighter", "labelling_work_list", ("annotator",)),
                also=("/batches-of-items/", "/labelling-items/"),
            ),
            Place(_("Pay for labels"), "wallet", "label_pay_list", ("owner", "annotator")),
            Place(
                *(_("Models"), "brain", "model_list", ("officer", *STAFF)),
                also=("/training-runs/",),
            ),
        ),
    ),
    Part(
        "money",
        _("Money and accounting"),
        (
            Place(
                *(_("Money"), "banknote", "money_desk", ("officer", "buyer", "finance", *STAFF)),
                also=("/invoices/",),
            ),
            Place(_("Bookings"), "landmark", "recognition_list", ("finance", *STAFF)),
            Place(_("Debt ratio"), "percent", "debt_ratio", ("officer", "finance")),
        ),
    ),
    Part(
        "organization",
        _("Organizations and people"),
        (
            Place(
                *(_("Organizations"), "building-2", "organization_list", (MEMBER,)),
                also=("/people/", "/documents/", "/invitations/"),
            ),
            Place(_("Changes of people"), "users", "change_list", ("owner", *STAFF)),
        ),
    ),
    Part(
        "public",
        _("Public records"),
        (
            Place(_("Public notices"), "megaphone", "public_notice_list", (EVERYONE,)),
            Place(
                *(_("Check a certificate"), "shield-check", "verify", (EVERYONE,)),
                also=("/credentials/",),
            ),
            Place(_("Ledger"), "scroll-text", "ledger", (EVERYONE,)),
        ),
    ),
    Part(
        "centre",
        _("Running the centre"),
        (
            Place(_("Automatic steps"), "workflow", "pipeline", ("administrator",)),
            Place(_("E-mails that failed"), "mail-x", "failed_email_list", ("administrator",)),
            Place(
                *(_("Settings of the centre"), "sliders-horizontal", "centre_settings"),
                ("administrator",),
            ),
            Place(_("Administration"), "wrench", "admin:index", ("administrator",)),
        ),
    ),
)
"""The menu at the side of every page, in the order of a data officer's work."""
FIRST: Mapping[str, Sequence[str]] = {
    "officer": ("data", "rights", "trade"),
    "buyer": ("trade", "money"),
    "finance": ("money", "trade"),
    "annotator": ("labelling",),
    "administrator": ("centre", "organization"),
    "owner": ("organization",),
}
"""The parts that a role uses first; of somebody with several roles, the first of these counts."""
PLACES = tuple(place for part in MENU for place in part.places)
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


@dataclass(frozen=True)
class Links:
    """A part of the menu as it stands on one page; without a label its links have no heading."""

    label: str
    links: Sequence[Link]
    is_open: bool


def links_for(by: Actor, path: str, places: Sequence[Place]) -> list[Link]:
    """Return the places that an actor may go to; the one that the path belongs to is current."""
    return list(_links_by_name(by, path, places).values())


def menu_for(by: Actor, path: str, menu: Sequence[Part] = MENU) -> list[Links]:
    """Return the menu of a page, with the parts first that the actor's role uses first.

    Open is the part that the path belongs to, or the first part if it belongs to none of them. A
    place that is alone in its part has no heading.
    """
    found = _links_by_name(by, path, [place for part in menu for place in part.places])
    role = next((role for role in FIRST if by.has(role)), "")
    ranks = {code: rank for rank, code in enumerate(("top", *FIRST.get(role, ())))}
    parts = [
        (part, links)
        for part in sorted(menu, key=lambda part: ranks.get(part.code, len(ranks)))
        if (links := [found[place.url_name] for place in part.places if place.url_name in found])
    ]
    headed = [part.code for part, links in parts if part.label and len(links) > 1]
    current = [part.code for part, links in parts if any(link.is_current for link in links)]
    opened = next((code for code in current if code in headed), next(iter(headed), ""))
    return [
        Links(str(part.label) if part.code in headed else "", links, part.code == opened)
        for part, links in parts
    ]


def _links_by_name(by: Actor, path: str, places: Sequence[Place]) -> dict[str, Link]:
    open_places = [
        (place, url)
        for place in places
        if _may_go(by, place) and (url := _address_of(place.url_name))
    ]
    # The longest beginning wins, so that a place under another is current alone.
    belongs = [
        (len(beginning), url)
        for place, url in open_places
        for beginning in (url, *place.also)
        if path.startswith(beginning)
    ]
    _length, current = max(belongs, key=lambda found: found[0], default=(0, None))
    return {
        place.url_name: Link(str(place.label), place.icon, url, is_current=url == current)
        for place, url in open_places
    }


def _may_go(by: Actor, place: Place) -> bool:
    if EVERYONE in place.roles:
        return True
    if SIGNED_IN in place.roles:
        return by.is_signed_in
    if MEMBER in place.roles:
        return by.is_signed_in and not by.is_suspended
    return by.has(*place.roles)


@cache
def _address_of(url_name: str) -> str:
    """Return the address of a place, "" where the centre is run without it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
