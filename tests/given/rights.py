"""Claims, objections and certificates in each state, reached by acts."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from marketplace.catalog.dataset.choices import SourceKind
from marketplace.catalog.dataset.models import Dataset
from marketplace.core.actor import Actor, Door
from marketplace.review.checklists import CHECKLISTS
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.rights.hearing.services import object_to_claim
from marketplace.rights.objection.models import Objection
from marketplace.rights.registration.services import (
    accept_claim,
    ask_supplement,
    attach_evidence,
    confirm_claim,
    draft_claim,
    open_notice,
    start_review,
    submit_claim,
    waive_notice,
)
from marketplace.rights.right.choices import Right
from marketplace.rights.transfer.services import join_transfer, open_transfer
from tests.given.catalog import approved_dataset
from tests.given.shelf import kept
from tests.given.vault import upload
from tests.given.world import World

RIGHT_CHECKLIST = tuple(code for code, _sentence in CHECKLISTS["right"])
ALL_RIGHTS = frozenset(right.value for right in Right)
OF_DERIVED = (EvidenceKind.AUTHORIZATION, EvidenceKind.PROCESSING)
ZONE = ZoneInfo("Asia/Shanghai")
WAIVER = "The data was published for comment already."


def at(day: str, hour: int = 10) -> datetime:
    """Return a moment of a day in the centre's time zone, for `clock.stopped_at`."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=ZONE)


def software() -> Actor:
    """Return the centre's own software."""
    return Actor.system(Door.TASK)


@kept
def drafted_claim(
    world: World,
    *,
    dataset: Dataset | None = None,
    rights: frozenset[str] = ALL_RIGHTS,
    term_years: int = 3,
    restrictions: str = "",
    contract_grants_right: bool = False,
) -> Claim:
    """Begin a claim of the officer's organization."""
    return draft_claim(
        (dataset or approved_dataset(world)).pk,
        rights=rights,
        term_years=term_years,
        restrictions=restrictions,
        industry="G",
        contract_grants_right=contract_grants_right,
        by=world.actor("officer"),
    )


def attached(
    world: World,
    claim: Claim,
    *,
    kind: EvidenceKind = EvidenceKind.SOURCE,
    content: str = "Acceptance record of the ticket machines.",
) -> Evidence:
    """Add a file to a claim."""
    return attach_evidence(
        claim.pk,
        kind=kind,
        upload=upload(content, name="record.txt", kind="text/plain"),
        title="Record of the ticket machines",
        by=world.actor("officer"),
    )


@kept
def complete_claim(
    world: World,
    *,
    dataset: Dataset | None = None,
    rights: frozenset[str] = ALL_RIGHTS,
    term_years: int = 3,
    restrictions: str = "",
) -> Claim:
    """Begin a claim and attach what it needs."""
    claim = drafted_claim(
        world, dataset=dataset, rights=rights, term_years=term_years, restrictions=restrictions
    )
    is_derived = claim.dataset.source_kind == SourceKind.DERIVED
    for kind in OF_DERIVED if is_derived else (EvidenceKind.SOURCE,):
        attached(world, claim, kind=kind)
    return claim


@kept
def submitted_claim(
    world: World,
    *,
    dataset: Dataset | None = None,
    rights: frozenset[str] = ALL_RIGHTS,
    term_years: int = 3,
    restrictions: str = "",
) -> Claim:
    """Hand a claim to the register."""
    claim = complete_claim(
        world, dataset=dataset, rights=rights, term_years=term_years, restrictions=restrictions
    )
    return submit_claim(claim.pk, by=world.actor("officer"))


@kept
def incomplete_claim(world: World) -> Claim:
    """Let the register ask for more before it accepts a claim."""
    claim = submitted_claim(world)
    return ask_supplement(claim.pk, missing=["The calibration record"], by=world.actor("reviewer"))


@kept
def accepted_claim(
    world: World,
    *,
    dataset: Dataset | None = None,
    rights: frozenset[str] = ALL_RIGHTS,
    term_years: int = 3,
    restrictions: str = "",
) -> Claim:
    """Let the register take a claim on."""
    claim = submitted_claim(
        world, dataset=dataset, rights=rights, term_years=term_years, restrictions=restrictions
    )
    return accept_claim(claim.pk, by=world.actor("reviewer"))


@kept
def reviewed_claim(
    world: World,
    *,
    dataset: Dataset | None = None,
    rights: frozenset[str] = ALL_RIGHTS,
    term_years: int = 3,
    restrictions: str = "",
) -> Claim:
    """Take a claim into review."""
    claim = accepted_claim(
        world, dataset=dataset, rights=rights, term_years=term_years, restrictions=restrictions
    )
    return start_review(claim.pk, by=world.actor("reviewer"))


@kept
def claim_to_supplement(world: World) -> Claim:
    """Let the register ask for more during review."""
    claim = reviewed_claim(world)
    return ask_supplement(claim.pk, missing=["The calibration record"], by=world.actor("reviewer"))


@kept
def waived_claim(
    world: World,
    *,
    dataset: Dataset | None = None,
    rights: frozenset[str] = ALL_RIGHTS,
    term_years: int = 3,
    restrictions: str = "",
) -> Claim:
    """Waive the notice of a claim under review."""
    claim = reviewed_claim(
        world, dataset=dataset, rights=rights, term_years=term_years, restrictions=restrictions
    )
    return waive_notice(claim.pk, reason=WAIVER, by=world.actor("reviewer"))


@kept
def published_claim(world: World, *, dataset: Dataset | None = None) -> Claim:
    """Begin the public notice of a claim."""
    claim = reviewed_claim(world, dataset=dataset)
    return open_notice(claim.pk, by=world.actor("reviewer"))


def raised_objection(world: World, claim: Claim, *, by: str = "stranger") -> Objection:
    """Let somebody object to a published or certified claim."""
    return object_to_claim(
        claim.pk, text="We counted the passengers of line 2.", by=world.actor(by)
    )


@kept
def certified(
    world: World,
    *,
    dataset: Dataset | None = None,
    rights: frozenset[str] = ALL_RIGHTS,
    term_years: int = 3,
    restrictions: str = "",
) -> Certificate:
    """Bring a claim to its certificate, with the notice waived."""
    claim = waived_claim(
        world, dataset=dataset, rights=rights, term_years=term_years, restrictions=restrictions
    )
    return confirm_claim(claim.pk, checklist=RIGHT_CHECKLIST, by=world.actor("second_reviewer"))


@kept
def frozen_certificate(world: World, *, dataset: Dataset | None = None) -> Certificate:
    """Freeze a certificate by order of the centre."""
    certificate = certified(world, dataset=dataset)
    return freeze_certificate(
        certificate.pk, reason="A court asked for it.", by=world.actor("reviewer")
    )


@kept
def opened_transfer(
    world: World,
    certificate: Certificate | None = None,
    *,
    rights: frozenset[str] = frozenset(),
    limits: str = "",
    acquirer: str = "stranger",
) -> Claim:
    """Begin to pass the rights of a certificate, by the holder."""
    certificate = certificate or certified(world)
    return open_transfer(
        certificate.pk,
        acquirer_id=world.organization(acquirer).pk,
        rights=rights,
        limits=limits,
        reference="Contract 2026-17",
        by=_officer_of(world, certificate),
    )


@kept
def joined_transfer(
    world: World,
    certificate: Certificate | None = None,
    *,
    rights: frozenset[str] = frozenset(),
    limits: str = "",
    acquirer: str = "stranger",
) -> Claim:
    """Let the acquirer join, and attach the contract."""
    claim = opened_transfer(world, certificate, rights=rights, limits=limits, acquirer=acquirer)
    join_transfer(claim.pk, by=world.actor(acquirer))
    attach_evidence(
        claim.pk,
        kind=EvidenceKind.CONTRACT,
        upload=upload("Contract 2026-17", name="contract.txt", kind="text/plain"),
        by=world.actor(acquirer),
    )
    claim.refresh_from_db()
    return claim


@kept
def waived_transfer(
    world: World,
    certificate: Certificate | None = None,
    *,
    rights: frozenset[str] = frozenset(),
    limits: str = "",
    acquirer: str = "stranger",
) -> Claim:
    """Bring a transfer to where a second reviewer can confirm it, with the notice waived."""
    claim = joined_transfer(world, certificate, rights=rights, limits=limits, acquirer=acquirer)
    submit_claim(claim.pk, by=world.actor(acquirer))
    accept_claim(claim.pk, by=world.actor("reviewer"))
    start_review(claim.pk, by=world.actor("reviewer"))
    return waive_notice(claim.pk, reason=WAIVER, by=world.actor("reviewer"))


@kept
def transferred(
    world: World,
    certificate: Certificate | None = None,
    *,
    rights: frozenset[str] = frozenset(),
    limits: str = "",
    acquirer: str = "stranger",
) -> Certificate:
    """Return the acquirer's certificate."""
    claim = waived_transfer(world, certificate, rights=rights, limits=limits, acquirer=acquirer)
    return confirm_claim(claim.pk, checklist=RIGHT_CHECKLIST, by=world.actor("second_reviewer"))


def _officer_of(world: World, certificate: Certificate) -> Actor:
    is_owner = certificate.organization_id == world.organization("officer").pk
    return world.actor("officer" if is_owner else "stranger")
