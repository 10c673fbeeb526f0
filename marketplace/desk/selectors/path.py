"""The guided path of a dataset: which step it is in, where that is done, and whose turn it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
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
from marketplace.catalog.feed.form import confirms
from marketplace.catalog.feed.selectors import held_versions, open_feeds
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, clock
from marketplace.desk.selectors.turn import (
    OWN,
    Confirmed,
    Refused,
    Turn,
    newest_runs,
    reasons_of,
    turn_of_appraisal,
    turn_of_claim,
    turn_of_listing,
    turn_of_review,
    turn_of_run,
)
from marketplace.preparation.policy.models import Relabelling
from marketplace.preparation.policy.selectors import policies_visible_to
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.states import ReportState
from marketplace.preparation.run.models import Run, RunKind
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
Stateful = TypeVar("Stateful", Claim, Appraisal)

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
    """The way of one dataset; `held_at` is where it says what holds what its feed brought last.

    `turn` is whose turn the current step is.
    """

    dataset: Dataset
    steps: tuple[Step, ...]
    held_at: str = ""
    turn: Turn = OWN

    @property
    def current(self) -> Step | None:
        """Return the step that it is in; None when it is listed."""
        step = next((step for step in self.steps if step.state == "current"), None)
        if step is not None and step.code in BY_FEED and self.held_at:
            return Step("held", gettext("See what is held"), "current", self.held_at)
        return step

    @property
    def next_url(self) -> str:
        """Return the page on which to go on: that of the reason, where the step came back."""
        if self.turn.route:
            return reverse(self.turn.route, args=[self.turn.pk])
        return self.current.url if self.current is not None else ""

    @property
    def done(self) -> int:
        """Count the steps behind it."""
        return sum(step.state == "done" for step in self.steps)


@dataclass(frozen=True)
class _Found:
    """What there is of some datasets, each by its dataset but `policies` and `runs` by version.

    Of claims and appraisals the last one counts that is not past, else the last one. `refused` is
    the last report where that did not pass. `reasons` are those of returns, by subject.
    """

    versions: dict[UUID, DatasetVersion]
    policies: dict[UUID, Confirmed]
    runs: dict[tuple[UUID, str], Run]
    measured: dict[UUID, UUID]
    refused: dict[UUID, Refused]
    certified: set[tuple[UUID, str]]
    claims: dict[UUID, Claim]
    appraisals: dict[UUID, Appraisal]
    listings: dict[UUID, Listing]
    held: dict[UUID, str]
    feeds: dict[UUID, UUID]
    reasons: dict[str, str]

    def awaits_form(self, dataset: UUID) -> bool:
        """Return whether nobody approved what the feed of a dataset may bring by itself."""
        feed, version = self.feeds.get(dataset), self.versions.get(dataset)
        if feed is None or version is None:
            return False
        return version.content is None or not confirms(version.content.form, feed)

    def live_claim(self, dataset: UUID) -> Claim | None:
        """Return the claim that is not past."""
        claim = self.claims.get(dataset)
        return None if claim is None or claim.state in PAST_CLAIM else claim

    def live_appraisal(self, dataset: UUID) -> Appraisal | None:
        """Return the valuation that is not past."""
        found = self.appraisals.get(dataset)
        return None if found is None or found.state in PAST_APPRAISAL else found


def paths_of(datasets: Sequence[Dataset], *, by: Actor) -> list[Path]:
    """Return the path of each dataset, in eleven queries however many there are."""
    found = _read_found(datasets, by)
    return [_path_of(dataset, found, by) for dataset in datasets]


def _read_found(datasets: Sequence[Dataset], by: Actor) -> _Found:
    ids = [dataset.pk for dataset in datasets]
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
    policies = policies_visible_to(by).filter(version_id__in=sources).order_by("created_at")
    confirmed = {
        version: Confirmed(pk, is_relabelled)
        for version, pk, is_relabelled in policies.values_list(
            "version_id", "pk", Exists(Relabelling.objects.filter(policy=OuterRef("pk")))
        )
    }
    measured, refused = _reports(ids, sources, by)
    unmeasured = [version.pk for version in newest.values() if version.dataset_id not in measured]
    certified = set(
        certificates_visible_to(by)
        .filter(dataset_id__in=ids, state=CertificateState.IN_FORCE, valid_until__gte=clock.today())
        .values_list("dataset_id", "scope_sha256")
    )
    appraisals, listings = _appraisals(ids, by), _listings(ids, by)
    return _Found(
        versions=newest,
        policies=confirmed,
        runs=newest_runs(unmeasured, by=by),
        measured=measured,
        refused=refused,
        certified=certified,
        claims=_claims(ids, by),
        appraisals=appraisals,
        listings=listings,
        held=held_versions(sources),
        feeds=open_feeds(ids),
        reasons=reasons_of(datasets, confirmed, appraisals, listings, by=by),
    )


def _reports(
    ids: Sequence[UUID], sources: Sequence[UUID], by: Actor
) -> tuple[dict[UUID, UUID], dict[UUID, Refused]]:
    """Return the last version that passed, and the last report of those that end with a refusal."""
    rows = (
        reports_visible_to(by)
        .filter(
            # Of a model, what was measured is of the very version that is described.
            Q(version__parent_id__in=sources) | Q(version_id__in=sources),
            version__dataset_id__in=ids,
            state=ReportState.IN_FORCE,
        )
        .order_by("version__number")
        .values_list("version__dataset_id", "version_id", "pk", "passed", "failures")
    )
    measured: dict[UUID, UUID] = {}
    refused: dict[UUID, Refused] = {}
    for dataset, version, report, passed, failures in rows:
        if passed:
            measured[dataset] = version
            refused.pop(dataset, None)
        else:
            refused[dataset] = Refused(report, failures)
    return measured, refused


def _claims(ids: Sequence[UUID], by: Actor) -> dict[UUID, Claim]:
    fields = ("dataset_id", "state", "scope_sha256", "missing", "reason")
    rows = _alone(claims_visible_to(by), *fields).filter(dataset_id__in=ids).order_by("created_at")
    return {each.dataset_id: each for each in _live_last(list(rows), PAST_CLAIM)}


def _appraisals(ids: Sequence[UUID], by: Actor) -> dict[UUID, Appraisal]:
    rows = _alone(appraisals_visible_to(by), "dataset_id", "state").filter(dataset_id__in=ids)
    found = _live_last(list(rows.order_by("created_at")), PAST_APPRAISAL)
    return {each.dataset_id: each for each in found}


def _live_last(rows: Sequence[Stateful], past: Collection[str]) -> list[Stateful]:
    """Order rows so that those that are past come first, and stay as they are else."""
    return sorted(rows, key=lambda row: row.state not in past)


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
    appraisal, listing = found.live_appraisal(dataset.pk), found.listings.get(dataset.pk)
    masked = found.measured.get(dataset.pk)
    sold = listing.revision.version_id if listing and listing.state in ON_MARKET else None
    if sold and masked and sold != masked:
        # What is sold is older than what was masked since: the newer one is not listed yet.
        listing = None
    done = {
        "register": True,
        "upload": source is not None,
        "review": dataset.state == DatasetState.APPROVED and not found.awaits_form(dataset.pk),
        "classify": dataset.is_model or _is_classified(source, found),
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
        "confirm": _claim(dataset.pk, found.live_claim(dataset.pk), scope),
        "value": reverse("appraisal_detail", args=[appraisal.pk])
        if appraisal
        else reverse("appraisal_draft", args=[dataset.pk]),
        "list": reverse("listing_detail", args=[listing.pk]) if listing else _new_listing(masked),
    }
    if not may_claim(by, dataset):
        # Whoever only looks is led to no form that would refuse them.
        forms = {reverse(route, args=[dataset.pk]) for route in FORMS} | {_new_listing(masked)}
        urls = {code: "" if url in forms else url for code, url in urls.items()}
    feed = reverse("dataset_feed", args=[dataset.pk]) if _is_held(source, found) else ""
    steps = _steps(done, urls)
    code = next((step.code for step in steps if step.state == "current"), "")
    is_held = bool(feed) and code in BY_FEED
    return Path(dataset, steps, feed, OWN if is_held else _turn(code, dataset, listing, found))


def _turn(code: str, dataset: Dataset, listing: Listing | None, found: _Found) -> Turn:
    """Return whose turn a step is."""
    version = found.versions.get(dataset.pk)
    match code:
        case "review":
            return turn_of_review(dataset, found.reasons, awaits_form=found.awaits_form(dataset.pk))
        case "classify" if version is not None:
            run = found.runs.get((version.pk, RunKind.PROFILE))
            return turn_of_run(run, returned=_returned(version.pk, found))
        case "mask" if version is not None:
            run = found.runs.get((version.pk, RunKind.MASK))
            return turn_of_run(run, refused=found.refused.get(dataset.pk))
        case "confirm":
            return turn_of_claim(found.claims.get(dataset.pk))
        case "value":
            return turn_of_appraisal(found.appraisals.get(dataset.pk), found.reasons)
        case "list":
            return turn_of_listing(listing, found.reasons)
    return OWN


def _is_classified(source: UUID | None, found: _Found) -> bool:
    """Return whether the last policy stands, of which no second person returned a column."""
    return source in found.policies and not _returned(source, found)


def _returned(source: UUID | None, found: _Found) -> str:
    """Return why the last policy was returned; "" where it was not."""
    policy = found.policies.get(source) if source is not None else None
    return found.reasons.get(f"policy:{policy.pk}", "") if policy is not None else ""


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
