"""What a model rests on, by number and digest: rights, licences, labels and spent privacy."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marketplace.annotation.agreement.alpha import SENTENCES
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.quality.selectors import quality_of
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.selectors import origins_above
from marketplace.catalog.version.models import DatasetVersion
from marketplace.learning.grounds.locks import Grounds
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.trading.orders.contract.models import Contract

ORDER = "order:"


def pedigree_of(version: DatasetVersion, grounds: Grounds) -> dict[str, Any]:
    """Return everything that stands behind a version, as JSON can hold it."""
    return {
        "rights": [
            _right(grounds.certificate),
            *(
                _right(one)
                for each in grounds.proofs.upstream
                for one in each.certificates
                if one.state == CertificateState.IN_FORCE
            ),
        ],
        "licences": [_licence(one) for one in origins_above(version.dataset_id) if _is_given(one)],
        "labelling": _labelling(version),
        "privacy": _privacy(grounds.report.figures.get("synthetic")),
    }


def _right(held: Certificate) -> dict[str, Any]:
    return {
        "certificate": held.number,
        "digest": held.credential.digest,
        "dataset": str(held.dataset_id),
        "holder": held.organization.name,
        "rights": sorted(held.rights),
        "valid_until": held.valid_until.isoformat(),
    }


def _is_given(origin: Origin) -> bool:
    return origin.kind != OriginKind.OWN


def _licence(origin: Origin) -> dict[str, Any]:
    """Return by what data of others may be used: the contract here, or a reference elsewhere."""
    said = {
        "dataset": str(origin.upstream_id or ""),
        "version_sha256": origin.upstream_version.sha256 if origin.upstream_version else "",
        "contract": origin.reference,
        "digest": origin.credential_sha256,
        "made_may_be_offered": not origin.forbids_offering,
    }
    if origin.reference.startswith(ORDER):
        order_id = UUID(origin.reference.removeprefix(ORDER))
        contract = Contract.objects.filter(order_id=order_id).first()
        if contract is not None:
            said |= {"contract": contract.number, "digest": contract.digest}
    return said


def _labelling(version: DatasetVersion) -> dict[str, Any] | None:
    """Return how far those agreed who labelled the data; None where nobody did here."""
    sources = [version.source, *_sources_above(version)]
    made = LabelledSet.objects.filter(version__in=sources).select_related("project__version")
    found = made.order_by("-created_at").first()
    if found is None:
        return None
    agreed = quality_of(found.project).whole
    return {
        "project": str(found.project_id),
        "items": found.items,
        "set_sha256": found.version.sha256,
        "labelled_version_sha256": found.project.version.sha256,
        "items_labelled_by_several": agreed.items,
        "alpha": _rounded(agreed.alpha),
        "undefined": SENTENCES[agreed.undefined] if agreed.undefined is not None else None,
        "low": _rounded(agreed.low),
        "high": _rounded(agreed.high),
    }


def _sources_above(version: DatasetVersion) -> list[DatasetVersion]:
    above = [one.upstream_version for one in origins_above(version.dataset_id)]
    return [one.source for one in above if one is not None]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _privacy(drawn: Mapping[str, Any] | None) -> dict[str, str] | None:
    """Return the privacy that was spent on a synthetic version; None of another."""
    if drawn is None:
        return None
    return {"epsilon": str(drawn["epsilon"]), "delta": str(drawn["delta"])}


def claims_of_pedigree(pedigree: Mapping[str, Any]) -> dict[str, str]:
    """Return what the credential says of a pedigree, each part where there is one."""
    said = {
        "certificates": _named(pedigree["rights"], "certificate"),
        "contracts": _named(pedigree["licences"], "contract"),
    }
    labelling, privacy = pedigree["labelling"], pedigree["privacy"]
    if labelling is not None:
        said["labelling_agreement"] = _agreement(labelling)
        said["labelled_set_sha256"] = labelling["set_sha256"]
    if privacy is not None:
        said |= {name: privacy[name] for name in ("epsilon", "delta")}
    return {name: value for name, value in said.items() if value}


def _named(parts: list[dict[str, Any]], name: str) -> str:
    return "; ".join(
        f"{one[name]} (SHA-256 {one['digest']})" if one["digest"] else one[name] for one in parts
    )


def _agreement(labelling: Mapping[str, Any]) -> str:
    """Return Krippendorff's alpha with its interval and over how many items, or why not."""
    alpha, low, high = (labelling[name] for name in ("alpha", "low", "high"))
    if alpha is None:
        return str(labelling["undefined"])
    interval = "" if low is None else f" [{low:.3f}, {high:.3f}]"
    return (
        f"α {alpha:.3f}{interval}, {labelling['items_labelled_by_several']} / {labelling['items']}"
    )
