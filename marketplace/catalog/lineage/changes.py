"""What naming origins shares: called in the transaction of an act that asked who may."""

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.lineage.events import OriginDeclared
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.selectors import origins_above
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid
from marketplace.core.locking import lock_name
from marketplace.ledger.services.recording import record

MOST_ORIGINS = 100


def add_origin(
    dataset: Dataset,
    upstream: Dataset | None,
    *,
    kind: OriginKind,
    version: DatasetVersion | None = None,
    reference: str = "",
    digest: str = "",
    forbids_offering: bool = False,
    by: Actor,
) -> Origin:
    """Keep what a locked dataset was made from, for an act that has checked the right.

    Raises:
        Invalid: the other one is made from this one (`origin-circle`), or there are too many
            (`origins-too-many`).
    """
    assert by.person_id is not None, "An officer is a person."
    # Two that name each other at once would else make a circle.
    lock_name("lineage")
    kept = Origin.objects.filter(dataset=dataset, withdrawn_at=None)
    same = kept.filter(
        upstream=upstream, upstream_version=version, reference=reference, credential_sha256=digest
    ).first()
    if same is not None:
        return same
    _refuse_circle(dataset, upstream)
    if kept.count() >= MOST_ORIGINS:
        sentence = _("At most %(most)d origins are kept of a dataset.") % {"most": MOST_ORIGINS}
        raise Invalid(sentence, code="origins-too-many", fields={"upstream_id": [sentence]})
    if upstream is not None and kept.filter(upstream=upstream).exists():
        sentence = _("This is an origin of the dataset already.")
        raise Invalid(sentence, code="origin-named", fields={"upstream_id": [sentence]})
    origin = Origin.objects.create(
        dataset=dataset,
        kind=kind,
        upstream=upstream,
        upstream_version=version,
        reference=reference,
        credential_sha256=digest,
        forbids_offering=forbids_offering,
        declared_by_id=by.person_id,
    )
    dataset.is_derived = True
    dataset.save(update_fields=["is_derived"])
    record(
        OriginDeclared(
            subject=f"dataset:{dataset.pk}",
            about=concerns(dataset),
            origin=str(origin.pk),
            origin_kind=kind.value,
            credential_sha256=digest,
        ),
        by=by,
    )
    return origin


def _refuse_circle(dataset: Dataset, upstream: Dataset | None) -> None:
    if upstream is None:
        return
    above = {origin.upstream_id for origin in origins_above(upstream.pk)}
    if dataset.pk in above or upstream.pk == dataset.pk:
        sentence = _("That data was itself made from this dataset. Name what both were made from.")
        raise Invalid(sentence, code="origin-circle", fields={"upstream_id": [sentence]})
