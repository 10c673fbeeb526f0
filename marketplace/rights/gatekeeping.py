"""How the acts on claims fetch what they change, with the lock and the right in one line.

Where an act changes a claim and its certificate, it locks the claim first, and then all that last
of the certificates over the data, the oldest first: so two cannot wait for each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalog.models import Dataset
from marketplace.catalog.states import DatasetState
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, WrongState
from marketplace.core.locking import locked, share_locked, visible
from marketplace.rights.choices import ClaimKind, Industry
from marketplace.rights.models import Certificate, Claim
from marketplace.rights.profile import Profile, procedures, profile
from marketplace.rights.registrability import Origin, procedures_for
from marketplace.rights.selectors import (
    certificates_visible_to,
    rights_passed_on,
    running_claim,
    running_transfers,
)
from marketplace.rights.states import LASTING

LONGEST_RESTRICTIONS = 500


def locked_certificate(certificate_id: UUID, *, by: Actor) -> tuple[Claim, Certificate]:
    """Answer a certificate and its claim, both locked, the claim first.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
    """
    return locked_pair(visible(certificates_visible_to(by), pk=certificate_id))


def locked_pair(seen: Certificate) -> tuple[Claim, Certificate]:
    """Answer a certificate that was read and its claim, both locked, the claim first."""
    claims = Claim.objects.select_related("dataset", "organization", "preceding__organization")
    claim = locked(claims, pk=seen.claim_id)
    return claim, certificate_of(claim)


def certificate_of(claim: Claim) -> Certificate:
    """Answer the certificate of a certified claim, locked. The caller holds the claim's lock."""
    lock_certificates(claim.dataset_id)
    rows = Certificate.objects.select_related("dataset", "organization", "version", "credential")
    certificate = rows.get(claim=claim)
    certificate.claim = claim
    return certificate


def locked_with_followers(seen: Certificate) -> list[tuple[Claim, Certificate]]:
    """Answer a certificate and those that its holder renewed or changed it by since, ended ones
    too, each after its claim; all are locked, the claims first."""
    rows = Claim.objects.select_related("dataset", "organization", "preceding__organization")
    claims = [locked(rows, pk=seen.claim_id)]
    latest = claims
    while latest:
        # One that is being confirmed has no certificate yet, and is refused once this has ended.
        follow = rows.filter(
            preceding__claim__in=latest,
            organization_id=seen.organization_id,
            certificate__isnull=False,
        )
        latest = list(follow.order_by("created_at", "pk").select_for_update(of=("self",)))
        claims += latest
    return [(claim, certificate_of(claim)) for claim in claims]


def lock_certificates(dataset_id: UUID) -> None:
    """Let nobody else change certificates over data, or rely on one, until the transaction ends.

    What holds one holds others of the same right. All are locked that last, by everybody in the
    same order, so that no two acts wait for each other; and asked for again until none has come up
    while this waited. Whoever needs a claim's lock takes it before.
    """
    rows = Certificate.objects.filter(dataset_id=dataset_id, state__in=sorted(LASTING))
    rows, held = rows.order_by("created_at", "pk").select_for_update(), None
    while (found := list(rows.values_list("pk", flat=True))) != held:
        held = found


def hold_grounds(claim: Claim) -> tuple[Claim, Certificate] | None:
    """Lock what a claim rests on and read it anew: its data, or else a certificate.

    Return that certificate after its claim; None where the claim stands by itself. The caller
    holds the claim's lock.
    """
    if claim.preceding is None:
        rows = Dataset.objects.select_related("organization")
        claim.dataset = share_locked(rows, pk=claim.dataset_id)
        return None
    held, certificate = locked_pair(claim.preceding)
    claim.preceding = certificate
    return held, certificate


def check_content_approved(dataset: Dataset) -> None:
    """Refuse claims on data whose content was not reviewed.

    Raises:
        WrongState: the dataset's content is not approved.
    """
    if dataset.state != DatasetState.APPROVED:
        raise WrongState(
            _("The content of this dataset is not approved. Have it reviewed first."),
            code="content-not-approved",
        )


def check_open_to_claims(dataset: Dataset) -> None:
    """Refuse a claim of the owner while the data is not ready for one.

    Raises:
        WrongState: the dataset's content is not approved, or a claim on it is running.
    """
    check_content_approved(dataset)
    if running_claim(dataset.pk, dataset.organization_id) is not None:
        raise WrongState(
            _("A claim on this dataset is running. Go on with it, or withdraw it first."),
            code="claim-running",
        )


def check_kept(dataset: Dataset, rights: frozenset[str]) -> None:
    """Refuse the owner's claim to rights that passed to somebody else, or are about to.

    Raises:
        WrongState: a transfer is running.
        Invalid: the owner transferred one of the rights.
    """
    owner = dataset.organization_id
    if running_transfers(dataset.pk, owner).exists():
        raise WrongState(
            _("A transfer of your right over this dataset is running. Finish or withdraw it."),
            code="transfer-running",
        )
    if rights & rights_passed_on(dataset.pk, owner):
        sentence = _(
            "Your organization transferred one of these rights and kept nothing of it (art. 34). "
            "Leave it out."
        )
        raise Invalid(sentence, code="right-passed-on", fields={"rights": [sentence]})


def offered_procedures(dataset: Dataset) -> list[Profile]:
    """Return the procedures by which the owner of a dataset can register it, the first to prefer;
    none where it has to be described otherwise."""
    return procedures_for(origin_of_dataset(dataset, contract_grants_right=False))


def chosen_procedure(name: str, dataset: Dataset) -> Profile:
    """Return the procedure by which rights over a dataset are claimed; "" is the first that fits.

    Raises:
        Invalid: the centre has no such procedure for data of this kind.
    """
    if not name:
        return next(iter(offered_procedures(dataset)), profile())
    for each in procedures(dataset.asset_kind):
        if each.name == name:
            return each
    sentence = _("Choose one of the procedures that are offered for this kind of data.")
    raise Invalid(sentence, code="no-such-procedure", fields={"procedure": [sentence]})


def check_renewable(held: Sequence[Certificate], rights: frozenset[str], today: date) -> None:
    """Refuse to claim again what is held, but for a renewal in its time (art. 36).

    Raises:
        Invalid: the renewal may not be asked for today, or other rights are claimed with it.
    """
    latest = max(held, key=lambda certificate: certificate.valid_until)
    if not latest.renewal_from <= today < latest.valid_until:
        sentence = _(
            "Your organization holds this right already, by certificate %(number)s. Leave it out: "
            "a renewal may be asked for from %(first)s to the day before %(last)s."
        ) % {
            "number": latest.number,
            "first": date_format(latest.renewal_from),
            "last": date_format(latest.valid_until),
        }
        raise Invalid(sentence, code="right-held-already", fields={"rights": [sentence]})
    if not rights <= {right for certificate in held for right in certificate.rights}:
        sentence = _("Renew the rights that you hold by themselves, and claim others afterwards.")
        raise Invalid(sentence, code="renewal-mixed", fields={"rights": [sentence]})


def origin_of_dataset(dataset: Dataset, *, contract_grants_right: bool) -> Origin:
    """Answer where data comes from, for a claim of its owner."""
    return Origin(
        source_kind=dataset.source_kind,
        asset_kind=dataset.asset_kind,
        organization_kind=dataset.organization.kind,
        contract_grants_right=contract_grants_right,
    )


def origin_of(claim: Claim) -> Origin:
    """Answer where the claimed data comes from, and what is asked for beside a certificate."""
    plain = origin_of_dataset(claim.dataset, contract_grants_right=claim.contract_grants_right)
    if claim.preceding is None:
        return plain
    is_remainder = claim.kind == ClaimKind.CHANGE and not claim.grounds
    besides = () if is_remainder else profile(claim.procedure).evidence[claim.kind]
    return replace(plain, asked_besides=besides)


def concerns(claim: Claim) -> tuple[str, ...]:
    """Name whose timelines tell of a claim: its own, the data's and the claimant's, in this order;
    of a transfer also those of the certificate that passes and of its holder."""
    named = [
        f"claim:{claim.pk}",
        f"dataset:{claim.dataset_id}",
        f"organization:{claim.organization_id}",
    ]
    if claim.preceding is not None:
        named.append(f"certificate:{claim.preceding_id}")
        if claim.preceding.organization_id != claim.organization_id:
            named.append(f"organization:{claim.preceding.organization_id}")
    return tuple(named)


def check_texts(restrictions: str, industry: str) -> None:
    """Refuse restrictions that are too long, and what is no industry.

    Raises:
        Invalid: one of the two.
    """
    if len(restrictions.strip()) > LONGEST_RESTRICTIONS:
        sentence = _("Shorten this to %(most)d characters.") % {"most": LONGEST_RESTRICTIONS}
        raise Invalid(sentence, code="too-long", fields={"restrictions": [sentence]})
    if industry and industry not in Industry.values:
        sentence = _("Choose a section of GB/T 4754, a letter from A to T.")
        raise Invalid(sentence, code="no-such-industry", fields={"industry": [sentence]})


def given_reason(reason: str, *, longest: int, field: str = "reason") -> str:
    """Answer a reason that can be kept.

    Raises:
        Invalid: there is none, or it is too long.
    """
    reason = reason.strip()
    if not reason:
        sentence = _("Give a reason: it is kept and can be read later.")
        raise Invalid(sentence, code="reason-missing", fields={field: [sentence]})
    if len(reason) > longest:
        sentence = _("Shorten this to %(most)d characters.") % {"most": longest}
        raise Invalid(sentence, code="too-long", fields={field: [sentence]})
    return reason


def text_digest(text: str) -> str:
    """Answer the SHA-256 of a text, which the ledger holds in its stead."""
    return hashlib.sha256(text.encode()).hexdigest()
