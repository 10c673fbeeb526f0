"""The guided path of a dataset: which step it is in, and where that step is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.selectors import appraisals_visible_to
from marketplace.appraisal.appraisal.states import PAST_APPRAISAL, AppraisalState
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.selectors import held_versions
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, clock
from marketplace.preparation.policy.selectors import policies_visible_to
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.states import ReportState
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.policies import may_claim
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import PAST_CLAIM, RUNNING
from marketplace.rights.right.coverage import scope_digest
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import OFF_MARKET, ON_MARKET, ListingState

Row = TypeVar("Row", bound=Model)

NAMES: tuple[tuple[str, Promise], ...] = (
    ("register", _("Register")),
    ("upload", _("Upload")),
    ("review", _("Content review")),
    ("classify", _("Classify")),
    ("mask", _("Mask and measure")),
    ("confirm", _("Confirm rights")),
    ("value", _("Value")),
    ("list", _("List")),
)
FORMS = ("dataset_upload", "claim_draft", "appraisal_draft")
"""Pages of a dataset by which its officers go on."""
BY_FEED = frozenset({"classify", "mask"})
"""What a feed does with what it brings; whoever went on by hand would pass by what holds it."""


@dataclass(frozen=True)
class Step:
    """One step: `state` is done, current or todo."""

    code: str
    label: str
    state: str
    url: str


@dataclass(frozen=True)
class Path:
    """The way of one dataset; `held_at` is where it says what holds what its feed brought last."""

    dataset: Dataset
    steps: tuple[Step, ...]
    held_at: str = ""

    @property
    def current(self) -> Step | None:
        """Return the step that it is in; None when it is listed."""
        step = next((step for step in self.steps if step.state == "current"), None)
        if step is not None and step.code in BY_FEED and self.held_at:
            return Step("held", gettext("See what is held"), "current", self.held_at)
        return step

    @property
    def done(self) -> int:
        """Count the steps behind it."""
        return sum(step.state == "done" for step in self.steps)


@dataclass(frozen=True)
class _Found:
    """What there is of some datasets, each by its dataset but `policies` by version."""

    versions: dict[UUID, DatasetVersion]
    policies: set[UUID]
    measured: dict[UUID, UUID]
    certified: set[tuple[UUID, str]]
    claims: dict[UUID, Claim]
    appraisals: dict[UUID, Appraisal]
    listings: dict[UUID, Listing]
    held: dict[UUID, str]


def paths_of(datasets: Sequence[Dataset], *, by: Actor) -> list[Path]:
    """Return the path of each dataset, in eight queries however many there are."""
    found = _found([dataset.pk for dataset in datasets], by)
    return [_path_of(dataset, found, by) for dataset in datasets]


def _found(ids: Sequence[UUID], by: Actor) -> _Found:
    newest = {
        version.dataset_id: version
        for version in _alone(
            versions_visible_to(by),
            *("dataset_id", "parent_id", "kind", "sha256", "structure_sha256", "content"),
        )
        .select_related("content")
        .filter(dataset_id__in=ids, is_set_aside=False)
        .exclude(kind=VersionKind.MASKED)
        .order_by("number")
    }
    sources = [version.pk for version in newest.values()]
    policies = policies_visible_to(by).filter(version_id__in=sources)
    measured = dict(
        reports_visible_to(by)
        .filter(
            # Of a model, what was measured is of the very version that is described.
            Q(version__parent_id__in=sources) | Q(version_id__in=sources),
            version__dataset_id__in=ids,
            state=ReportState.IN_FORCE,
            passed=True,
        )
        .order_by("version__number")
        .values_list("version__dataset_id", "version_id")
    )
    certified = set(
        certificates_visible_to(by)
        .filter(dataset_id__in=ids, state=CertificateState.IN_FORCE, valid_until__gte=clock.today())
        .values_list("dataset_id", "scope_sha256")
    )
    claims = {
        claim.dataset_id: claim
        for claim in _alone(claims_visible_to(by), "dataset_id", "state", "scope_sha256")
        .filter(dataset_id__in=ids)
        .exclude(state__in=PAST_CLAIM)
        .order_by("created_at")
    }
    appraisals = {
        appraisal.dataset_id: appraisal
        for appraisal in _alone(appraisals_visible_to(by), "dataset_id", "state")
        .filter(dataset_id__in=ids)
        .exclude(state__in=PAST_APPRAISAL)
        .order_by("created_at")
    }
    return _Found(
        versions=newest,
        policies=set(policies.values_list("version_id", flat=True)),
        measured=measured,
        certified=certified,
        claims=claims,
        appraisals=appraisals,
        listings=_listings(ids, by),
        held=held_versions(sources),
    )


def _listings(ids: Sequence[UUID], by: Actor) -> dict[UUID, Listing]:
    return {
        listing.product.dataset_id: listing
        for listing in _alone(
            listings_visible_to(by), "state", "product__dataset_id", "revision__version_id"
        )
        .select_related("product", "revision")
        .filter(product__dataset_id__in=ids)
        .exclude(state__in=OFF_MARKET)
        .order_by("created_at")
    }


def _alone(rows: QuerySet[Row], *fields: str) -> QuerySet[Row]:
    """Read these fields and nothing of other tables: a desk reads many rows and shows few words."""
    return rows.select_related(None).prefetch_related(None).only(*fields)


def _path_of(dataset: Dataset, found: _Found, by: Actor) -> Path:
    version = found.versions.get(dataset.pk)
    source, scope = None, ""
    if version is not None:
        version.dataset = dataset
        source, scope = version.pk, scope_digest(version)
    appraisal, listing = found.appraisals.get(dataset.pk), found.listings.get(dataset.pk)
    masked = found.measured.get(dataset.pk)
    sold = listing.revision.version_id if listing and listing.state in ON_MARKET else None
    if sold and masked and sold != masked:
        # What is sold is older than what was masked since: the newer one is not listed yet.
        listing = None
    done = {
        "register": True,
        "upload": source is not None,
        "review": dataset.state == DatasetState.APPROVED,
        "classify": dataset.is_model or source in found.policies,
        "mask": masked is not None,
        "confirm": (dataset.pk, scope) in found.certified,
        "value": appraisal is not None and appraisal.state == AppraisalState.IN_FORCE,
        "list": listing is not None and listing.state == ListingState.PUBLISHED,
    }
    urls = {
        "register": reverse("dataset_detail", args=[dataset.pk]),
        "upload": reverse(
            "dataset_detail" if done["upload"] else "dataset_upload", args=[dataset.pk]
        ),
        "review": reverse("dataset_detail", args=[dataset.pk]),
        "classify": _preparation(source),
        "mask": _preparation(source),
        "confirm": _claim(dataset.pk, found.claims.get(dataset.pk), scope),
        "value": reverse("appraisal_detail", args=[appraisal.pk])
        if appraisal
        else reverse("appraisal_draft", args=[dataset.pk]),
        "list": reverse("listing_detail", args=[listing.pk]) if listing else _new_listing(masked),
    }
    if not may_claim(by, dataset):
        # Whoever only looks is led to no form that would refuse them.
        forms = {reverse(route, args=[dataset.pk]) for route in FORMS} | {_new_listing(masked)}
        urls = {code: "" if url in forms else url for code, url in urls.items()}
    feed = reverse("dataset_feed", args=[dataset.pk])
    return Path(dataset, _steps(done, urls), feed if _is_held(source, found) else "")


def _is_held(source: UUID | None, found: _Found) -> bool:
    """Return whether nobody decided on what holds the newest data since a feed brought it."""
    held = found.held.get(source, "") if source is not None else ""
    # What detectors hold has no policy until an officer confirms one; what is refused on its way
    # has the one of before.
    return held in (Held.REFUSED, Held.RECODING) or bool(held and source not in found.policies)


def _steps(done: dict[str, bool], urls: dict[str, str]) -> tuple[Step, ...]:
    current = next((code for code, _label in NAMES if not done[code]), "")
    steps = []
    for code, label in NAMES:
        if code == current:
            state = "current"
        elif done[code]:
            state = "done"
        else:
            state = "todo"
        steps.append(Step(code, str(label), state, urls[code] if state != "todo" else ""))
    return tuple(steps)


def _preparation(source: UUID | None) -> str:
    return reverse("preparation_detail", args=[source]) if source else ""


def _new_listing(masked: UUID | None) -> str:
    return reverse("listing_draft", args=[masked]) if masked else ""


def _claim(dataset: UUID, claim: Claim | None, scope: str) -> str:
    """Lead to the claim, or to a new one where the last was certified over other data."""
    if claim and (claim.state in RUNNING or claim.scope_sha256 == scope):
        return reverse("claim_detail", args=[claim.pk])
    return reverse("claim_draft", args=[dataset])
