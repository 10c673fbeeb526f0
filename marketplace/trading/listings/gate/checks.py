"""The gate's questions. Each answers nothing, or one finding with a stable code and a remedy."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.roles import OrganizationKind
from marketplace.appraisal.appraisal.states import AppraisalState
from marketplace.appraisal.ceiling.profile import is_public_data
from marketplace.appraisal.ceiling.states import CeilingState
from marketplace.catalog.dataset.choices import PersonalBasis
from marketplace.catalog.dataset.grading import KEPT_INSIDE, Grade, stricter
from marketplace.catalog.quality.rules import held_because
from marketplace.catalog.version.models import Quality
from marketplace.preparation.policy.models import Station
from marketplace.preparation.policy.relabelling import confirmed_of
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.states import ReportState
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.right.coverage import scope_digest
from marketplace.trading.listings.assessment.selectors import (
    is_assessed,
    is_product_assessed,
    needs_assessment,
)
from marketplace.trading.listings.gate.findings import GateFinding, Question
from marketplace.trading.listings.gate.upstream import SELLING_RIGHT
from marketplace.trading.listings.listing.states import IN_PREPARATION
from marketplace.trading.listings.plans import Free
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.listings.revision.selectors import is_of_product
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.listings.terms.terms import Terms
from marketplace.web.templatetags.market import money

# The gate's questions about persons: who agreed that columns are none, and on what basis.


def roles(asked: Question) -> GateFinding | None:
    """Ask whether second persons agreed to each column that counts for less than was found.

    A reviewer always; of what is on the market by this report, who published the listing too.
    """
    report = asked.proofs.risk_report
    if report is None or not report.relabelled:
        return None
    names = {one["digest"]: one["column"] for one in report.relabelled}
    confirmed = confirmed_of(names, Station.REVIEWER)
    is_bound = asked.listing.risk_report_id == report.pk
    if is_bound and asked.listing.state not in IN_PREPARATION:
        confirmed &= confirmed_of(names, Station.PUBLISHER, f"listing:{asked.listing.pk}")
    waiting = [column for digest, column in names.items() if digest not in confirmed]
    if not waiting:
        return None
    return asked.finding(
        "role-unconfirmed",
        _(
            "These columns count for less than the detectors found, and no second person has "
            "confirmed it: %(columns)s. Wait for the reviewer, or give them back their class."
        )
        % {"columns": ", ".join(waiting)},
        "preparation_detail",
        asked.proofs.version.parent_id or asked.proofs.version.pk,
    )


def personal_basis(asked: Question) -> GateFinding | None:
    """Ask on what basis personal information is sold, where some is left."""
    report = asked.proofs.risk_report
    if report is None or report.verdict != Verdict.DE_IDENTIFIED:
        return None
    if asked.proofs.described.personal_basis not in ("", PersonalBasis.NONE):
        return None
    return asked.finding(
        "personal-basis-missing",
        _(
            "The masked data is still personal information and has no basis. Name the consent or "
            "law that it rests on, or mask it until attackers find nobody in it, as the "
            "risk report tells."
        ),
        "dataset_revise",
    )


def impact(asked: Question) -> GateFinding | None:
    """Ask whether it was assessed what data about persons does to them, even where it is masked.

    An offer that moves on is assessed with an earlier revision: same columns, treated the same way,
    with a verdict that is no weaker.
    """
    if not needs_assessment(asked.proofs.risk_report) or is_assessed(asked.proofs.version):
        return None
    if _goes_on(asked) and is_product_assessed(asked.listing.product_id):
        return None
    return asked.finding(
        "impact-assessment-missing",
        _(
            "It is not assessed what this data does to the persons that it is or was about. Assess "
            "the impact, and have a second person approve it."
        ),
        "assessment_make",
        asked.listing.pk,
    )


Check = Callable[[Question], GateFinding | None]


def content(asked: Question) -> GateFinding | None:
    """Ask whether a second officer approved what the data is.

    What waits for its review beside it, later data or other words, takes nothing from that.
    """
    if asked.proofs.dataset.is_retired:
        sentence = _("The dataset is retired. Nothing of it is offered any more.")
    elif asked.proofs.version.content is None:
        sentence = _(
            "The dataset's content is not approved. Submit it for content review and wait."
        )
    else:
        return None
    return asked.finding("content-not-approved", sentence, "dataset_detail")


def grade(asked: Question) -> GateFinding | None:
    """Ask whether data of this grade may be traded, and in this way.

    A higher grade that its holder says counts at once, a lower one once it is reviewed.
    """
    held = asked.proofs.described.grade
    if not held:
        return asked.finding(
            "grade-missing",
            _("The data is not graded. Say what harm its misuse could do."),
            "dataset_grade",
        )
    held = stricter(held, asked.proofs.dataset.grade)
    if held == Grade.CORE:
        return asked.finding(
            "grade-core",
            _("Core data is never traded. Withdraw the plan to list it."),
            "dataset_detail",
        )
    if held in KEPT_INSIDE and not asked.listing.delivery.is_for_important:
        return asked.finding(
            "grade-mode",
            _("%(grade)s: no row of it may leave the centre. Offer a sandbox or a report.")
            % {"grade": Grade(held).label},
            "listing_detail",
            asked.listing.pk,
        )
    return None


def negative_list(asked: Question) -> GateFinding | None:
    """Ask whether anything about the data forbids all trade.

    Its holder says so at once, and takes it back only once that is reviewed.
    """
    if not (asked.proofs.described.negative_list or asked.proofs.dataset.negative_list):
        return None
    return asked.finding(
        "negative-list",
        _("The dataset stands on the negative list and cannot be traded. Settle the cause first."),
        "dataset_grade",
    )


def seller(asked: Question) -> GateFinding | None:
    """Ask whether the venue keeps out of its own market."""
    if asked.proofs.seller.kind != OrganizationKind.CENTRE:
        return None
    return asked.finding(
        "venue-own-data",
        _("The trading centre may not list data of its own. Offer it through another venue."),
        "dataset_detail",
    )


def seller_verified(asked: Question) -> GateFinding | None:
    """Ask whether the centre lets the seller act at this moment."""
    if asked.proofs.seller.state == OrganizationState.VERIFIED:
        return None
    return asked.finding(
        "seller-suspended",
        _(
            "The centre has suspended the seller. The offer comes back by itself once the centre "
            "reinstates it."
        ),
        "dataset_detail",
    )


def right(asked: Question) -> GateFinding | None:
    """Ask whether the seller holds the operating right at this moment."""
    held, proofs = asked.proofs.certificate, asked.proofs
    if (
        held is None
        or held.state in (CertificateState.CANCELLED, CertificateState.SUPERSEDED)
        or held.dataset_id != proofs.dataset.pk
        or held.organization_id != proofs.seller.pk
        or SELLING_RIGHT not in held.rights
    ):
        return asked.finding(
            "right-missing",
            _(
                "There is no certificate of the operating right. "
                "Claim the right and have it certified."
            ),
            "claim_draft",
        )
    if held.state == CertificateState.FROZEN:
        return asked.finding(
            "right-frozen",
            _(
                "The certificate of the operating right is frozen: by an objection, the centre, a "
                "court or an authority. Its page says why; settle that first."
            ),
            "certificate_detail",
            held.pk,
        )
    if held.state != CertificateState.IN_FORCE or not (
        held.valid_from <= asked.on <= held.valid_until
    ):
        return asked.finding(
            "right-expired",
            _("The certificate of the operating right is not in date. Claim the right anew."),
            "claim_draft",
        )
    return None


def upstream(asked: Question) -> GateFinding | None:
    """Ask whether everything that the data was made from may still be used."""
    for each in asked.proofs.upstream:
        trouble = each.trouble
        if trouble is not None:
            return asked.finding(
                trouble.value,
                _(
                    "The data was made from other data that may not be used now: %(reason)s. Its "
                    "lineage says which. It comes back by itself once that is settled."
                )
                % {"reason": trouble.label},
                "dataset_lineage",
            )
    return None


def scope(asked: Question) -> GateFinding | None:
    """Ask whether the certified right is one over this very data."""
    held, proofs = asked.proofs.certificate, asked.proofs
    if held is None or held.scope_sha256 == scope_digest(proofs.version):
        return None
    return asked.finding(
        "right-mismatch",
        _(
            "The certificate of the operating right is of other data: columns, source or "
            "description are not those that were certified. Claim the right for the data as it is "
            "now, as a change of the registration."
        ),
        "claim_draft",
    )


def risk(asked: Question) -> GateFinding | None:
    """Ask whether the risk of the data was measured, passed, and is in date."""
    report, version = asked.proofs.risk_report, asked.proofs.version
    if version.is_model:
        return _membership(asked, report)
    if report is not None and report.state == ReportState.WITHDRAWN:
        sentence = _(
            "The verdict on this version was withdrawn: it does not protect enough. Desensitize "
            "the data more strongly, and list the version that comes out."
        )
        page = version.parent_id or version.pk
        return asked.finding("risk-withdrawn", sentence, "preparation_detail", page)
    if report is None:
        return asked.finding(
            "risk-missing",
            _("There is no risk report in force for this version. Measure it anew."),
            "preparation_detail",
            version.parent_id or version.pk,
        )
    if not report.passed:
        return asked.finding(
            "risk-failed",
            _("The risk of re-identification is too high. Mask more strongly and measure again."),
            "risk_report_detail",
            report.pk,
        )
    if report.valid_until < asked.on:
        return asked.finding(
            "risk-expired",
            _("The risk report is out of date. Mask again, so that the risk is measured anew."),
            "preparation_detail",
            version.parent_id or version.pk,
        )
    return None


def _membership(asked: Question, report: RiskReport | None) -> GateFinding | None:
    """Ask of a model whether attackers cannot tell who was trained on."""
    if report is None or not report.passed:
        code, sentence = (
            "risk-missing",
            _("It was not measured whether somebody can tell who this model was trained on."),
        )
    elif report.state == ReportState.WITHDRAWN:
        code, sentence = (
            "risk-withdrawn",
            _("The model or the verdict on it was withdrawn. Train another one, and offer that."),
        )
    elif report.valid_until < asked.on:
        code, sentence = (
            "risk-expired",
            _(
                "The right or the verdict under which this model was trained has run out. Train "
                "another one under those in force."
            ),
        )
    else:
        return None
    return asked.finding(code, sentence, "dataset_detail")


def digest(asked: Question) -> GateFinding | None:
    """Ask whether what was measured is what will be delivered, byte for byte."""
    report, version = asked.proofs.risk_report, asked.proofs.version
    if report is None or (
        report.version_id == version.pk
        and report.sha256 == version.sha256 == asked.proofs.bytes_sha256
    ):
        return None
    return asked.finding(
        "risk-digest-mismatch",
        _(
            "The risk report was measured on other bytes than those to deliver. "
            "Mask again, and list the version that comes out."
        ),
        "risk_report_detail",
        report.pk,
    )


def quality(asked: Question) -> GateFinding | None:
    """Ask whether the data keeps the rules that its holder has set for it."""
    version = asked.proofs.version
    if version.quality == Quality.WAITING:
        return asked.finding(
            "quality-unmeasured",
            _("The quality rules are being asked of this data. Wait a moment."),
            "dataset_quality",
        )
    if version.quality == Quality.HELD:
        return asked.finding("quality-failed", held_because(version), "dataset_quality")
    return None


def sandbox(asked: Question) -> GateFinding | None:
    """Ask whether a sandbox is declared, or a report written, where that is delivered."""
    listing = asked.listing
    if listing.delivery.needs_report:
        if ListingReport.objects.filter(listing=listing).exists():
            return None
        return asked.finding(
            "report-missing",
            _("The report is not written. Write it before you submit the listing."),
            "report_write",
            listing.pk,
        )
    if not listing.delivery.needs_sandbox:
        return None
    if Sandbox.objects.filter(listing=listing).exists():
        return None
    return asked.finding(
        "sandbox-missing",
        _("It is not declared what the sandbox answers. Declare its columns and its budget."),
        "sandbox_declare",
        listing.pk,
    )


def valuation(asked: Question) -> GateFinding | None:
    """Ask whether these bytes have a valuation in date.

    Of an offer that was published once, that of another revision of its product counts: what is
    valued is what goes on being sold, and nobody values a feed anew every day.
    """
    held, proofs = asked.proofs.appraisal, asked.proofs
    if held is None or held.state not in (AppraisalState.IN_FORCE, AppraisalState.EXPIRED):
        return asked.finding(
            "valuation-missing",
            _("There is no valuation in force. Have the data valued and the valuation approved."),
            "appraisal_draft",
        )
    if (
        held.state == AppraisalState.EXPIRED
        or held.valid_until is None
        or held.valid_until < asked.on
    ):
        return asked.finding(
            "valuation-expired",
            _("The valuation is out of date. Have the data valued anew."),
            "appraisal_draft",
        )
    of_version = held.version_id == proofs.version.pk
    of_product = _goes_on(asked) and is_of_product(held.version_id, asked.listing.product_id)
    if not (of_version or of_product) or held.organization_id != proofs.seller.pk:
        return asked.finding(
            "valuation-mismatch",
            _("The valuation is of another version of the data. Have this version valued."),
            "appraisal_draft",
        )
    return None


def _goes_on(asked: Question) -> bool:
    """Return whether a second officer has let this offer into the market before."""
    return asked.listing.published_at is not None


@dataclass(frozen=True)
class Point:
    """A line of the gate's checklist.

    `binds_orders`: it must still stand when a bound order goes on and when bought data is opened.
    A valuation that runs out, a next version under review, another description of the same bytes,
    or the seller's suspension takes nothing from who has bought.
    """

    label: str | Promise
    check: Check
    binds_orders: bool = True


# The gate's question about the price of public data.


def price(asked: Question) -> GateFinding | None:
    """Ask whether the price keeps to what public data may cost."""
    listing, held = asked.listing, asked.proofs.ceiling
    plan = listing.price_plan
    if isinstance(plan, Free):
        return None
    if listing.terms.get("public_purpose"):
        return asked.finding(
            "public-purpose-priced",
            _("What is for public governance or welfare is free. Set the price to 0."),
            "listing_detail",
            listing.pk,
        )
    if not is_public_data(asked.proofs.described.asset_kind):
        return None
    if (
        held is None
        or held.state != CeilingState.IN_FORCE
        or not held.period_from <= asked.on <= held.period_until
        or held.currency != listing.currency
    ):
        return asked.finding(
            "ceiling-missing",
            _(
                "Public data is sold only under a price ceiling in force. Draft one for this "
                "period and have it approved, or offer the data free for public purposes."
            ),
            "ceiling_draft",
        )
    most = plan.most(Terms.from_json(listing.terms).licence_months)
    if most is None or most > held.price:
        return asked.finding(
            "ceiling-exceeded",
            (
                _("The price is above the ceiling of %(ceiling)s. Set it to that or less.")
                if most is not None
                else _(
                    "What a buyer pays by use can pass the ceiling of %(ceiling)s. Set a cap on "
                    "the use of a month."
                )
            )
            % {"ceiling": money(held.price, held.currency)},
            "ceiling_detail",
            held.pk,
        )
    return None


POINTS = (
    Point(gettext_lazy("The content is approved"), content, binds_orders=False),
    Point(gettext_lazy("Data of this grade may be traded in this way"), grade),
    Point(gettext_lazy("Nothing on the negative list"), negative_list),
    Point(gettext_lazy("The seller is not the venue"), seller),
    Point(gettext_lazy("The seller is not suspended"), seller_verified, binds_orders=False),
    Point(gettext_lazy("The operating right is certified and in force"), right),
    Point(gettext_lazy("The certified right is one over this data"), scope, binds_orders=False),
    Point(gettext_lazy("What it was made from may be used"), upstream),
    Point(gettext_lazy("The risk report is passed and in date"), risk),
    Point(gettext_lazy("What was measured is what will be delivered"), digest),
    Point(gettext_lazy("The data keeps its quality rules"), quality, binds_orders=False),
    Point(gettext_lazy("Columns with a lower class than detected are confirmed"), roles),
    Point(gettext_lazy("Personal information has a basis, or there is none"), personal_basis),
    Point(gettext_lazy("The impact on persons is assessed"), impact, binds_orders=False),
    Point(gettext_lazy("What is delivered instead of rows is ready"), sandbox),
    Point(gettext_lazy("The valuation is in date"), valuation, binds_orders=False),
    Point(gettext_lazy("The price keeps to what public data may cost"), price, binds_orders=False),
)
"""The gate's checklist, in the order in which a reader wants to know."""
