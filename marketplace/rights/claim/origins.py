"""Where claimed data comes from, and by which procedures it can be registered."""

from dataclasses import replace

from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.models import Dataset, Described
from marketplace.core import Invalid
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.registrability import Origin, procedures_for
from marketplace.rights.procedure.profile import Profile, procedures, profile


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


def origin_of_dataset(dataset: Dataset, *, contract_grants_right: bool) -> Origin:
    """Return where data comes from, for a claim of its owner."""
    return _origin(dataset, dataset.organization, contract_grants_right)


def origin_of(claim: Claim) -> Origin:
    """Return where the claimed data comes from, and what is asked for beside a certificate."""
    plain = _origin(claim.described, claim.dataset.organization, claim.contract_grants_right)
    if claim.preceding is None:
        return plain
    is_remainder = claim.kind == ClaimKind.CHANGE and not claim.grounds
    besides = () if is_remainder else profile(claim.procedure).evidence[claim.kind]
    return replace(plain, asked_besides=besides)


def _origin(described: Described, owner: Organization, contract_grants_right: bool) -> Origin:
    return Origin(
        source_kind=described.source_kind,
        asset_kind=described.asset_kind,
        organization_kind=owner.kind,
        contract_grants_right=contract_grants_right,
    )
