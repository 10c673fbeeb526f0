"""The buyer opens a report: signed once, asked anew and recorded each time."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, WrongState, clock, locked
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.presentation import name_statement, name_values
from marketplace.credentials.services import issue_credential, next_number
from marketplace.delivery.grant.locks import locked_grant
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_delivered
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.report.events import ReportOpened
from marketplace.delivery.report.models import ReportOpening, SignedReport
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.listings.report.content import ReportContent, ReportKind
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.orders.delivery.services import mark_delivered

YEARS = 10
STATEMENT = "This is the report that was sold, unaltered. The centre did not compute its figures."
name_statement(
    STATEMENT,
    gettext_lazy(
        "This is the report that was sold, unaltered. The centre did not compute its figures."
    ),
)
name_values("report_kind", ReportKind.choices)


@dataclass(frozen=True)
class OpenedReport:
    """A report that a buyer may have now."""

    grant: Grant
    content: ReportContent
    sha256: str
    credential: Credential


@transaction.atomic
def open_report(grant_id: UUID, *, by: Actor) -> OpenedReport:
    """Open the report of a grant; the first opening marks its order delivered.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: as `refuse_unless_open`, the grant is of another way of delivery
            (`another-mode`), or the report is not that of the sheet (`report-changed`).
    """
    grant = locked_grant(grants_visible_to(by), pk=grant_id)
    person_id = refuse_unless_open(grant, by=by)
    check_delivered(grant, Opening.REPORT)
    content = ReportContent.from_json(
        ListingReport.objects.get(listing_id=grant.listing_id).content
    )
    sheet = grant.listing.sheet or {}
    if sheet.get("report", {}).get("sha256") != content.sha256:
        raise WrongState(
            _("The report is not the one that was sold. Tell the centre."), code="report-changed"
        )
    signed = _signed(grant, content, by=Actor.system(by.door))
    mark_delivered(grant.order_id, by=Actor.system(by.door))
    ReportOpening.objects.create(grant=grant, person_id=person_id)
    record(
        ReportOpened(subject=f"grant:{grant.pk}", about=grant.concerns, sha256=content.sha256),
        by=by,
    )
    return OpenedReport(grant, content, content.sha256, signed.credential)


def _signed(grant: Grant, content: ReportContent, *, by: Actor) -> SignedReport:
    listing = locked(Listing.objects.all(), pk=grant.listing_id)
    signed = SignedReport.objects.select_related("credential").filter(listing=listing).first()
    if signed is not None:
        return signed
    today = clock.today()
    credential = issue_credential(
        kind=CredentialKind.REPORT,
        subject=f"listing:{listing.pk}",
        about=listing.concerns,
        number=next_number("RE", on=today),
        claims={
            "title": content.title,
            "report_kind": content.kind,
            "seller": listing.organization.name,
            "dataset": str(listing.product.dataset_id),
            "made_from": grant.sha256,
            "sheet_digest": listing.sheet_digest,
            "sha256": content.sha256,
            "statement": STATEMENT,
        },
        valid_from=today,
        valid_until=today.replace(year=today.year + YEARS, day=min(today.day, 28)),
        by=by,
    )
    return SignedReport.objects.create(
        listing=listing, credential=credential, sha256=content.sha256
    )
