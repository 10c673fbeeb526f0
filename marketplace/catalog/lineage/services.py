"""Officers say what data was made from; reviewers withdraw what was said wrongly."""

import re
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.lineage import rules
from marketplace.catalog.lineage.changes import add_origin
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.lineage.events import OriginWithdrawn
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.selectors import origins_visible_to
from marketplace.core import Actor, Invalid, clock, locked, longest_of
from marketplace.core.arguments import Key, Text, reason_of
from marketplace.ledger.services.recording import record

WHY = reason_of(Origin)
UPSTREAM = Key(label=gettext_lazy("Another dataset of your organization"))
REFERENCE = Text(
    label=gettext_lazy("Or: what data from elsewhere is called there"),
    help=gettext_lazy("With its holder and version, so that others find it."),
    longest=longest_of(Origin, "reference"),
)
CREDENTIAL = Text(label=gettext_lazy("SHA-256 of a credential about it"), longest=64)
DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)


@transaction.atomic
def declare_origin(
    dataset_id: UUID,
    *,
    upstream_id: Annotated[UUID | None, UPSTREAM] = None,
    reference: Annotated[str, REFERENCE] = "",
    credential_sha256: Annotated[str, CREDENTIAL] = "",
    by: Actor,
) -> Origin:
    """Say that a dataset was made from another one of the organization, or from data elsewhere.

    Of data elsewhere `reference` is what it is called there, and `credential_sha256` the digest of
    a credential about it. The same again changes nothing.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is retired.
        Invalid: neither or both are named, the other dataset is not the organization's, it is made
            from this one (`origin-circle`), or the digest is none.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_declare_origin(dataset, by)
    reference, digest = reference.strip(), credential_sha256.strip().lower()
    if (upstream_id is None) == (not reference):
        sentence = _("Choose a dataset, or say what the data from elsewhere is called there.")
        raise Invalid(sentence, fields={"upstream_id": [sentence]})
    if upstream_id is not None:
        own = Dataset.objects.filter(organization_id=dataset.organization_id, pk=upstream_id)
        upstream = own.first()
        if upstream is None:
            sentence = _("Choose another dataset of your organization.")
            raise Invalid(sentence, fields={"upstream_id": [sentence]})
        return add_origin(dataset, upstream, kind=OriginKind.OWN, by=by)
    if digest and not DIGEST.fullmatch(digest):
        sentence = _("A SHA-256 has 64 digits from 0 to f. Copy it from the credential's page.")
        raise Invalid(sentence, fields={"credential_sha256": [sentence]})
    if sentence := REFERENCE.refused(reference):
        raise Invalid(sentence, code="too-long", fields={"reference": [sentence]})
    return add_origin(
        dataset, None, kind=OriginKind.ELSEWHERE, reference=reference, digest=digest, by=by
    )


@transaction.atomic
def withdraw_origin(origin_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Origin:
    """Say that a dataset was not made from what an officer declared.

    Raises:
        NotFound: there is no such origin among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or declared it.
        WrongState: it is withdrawn already.
        Invalid: there is no reason.
    """
    origin = locked(origins_visible_to(by), pk=origin_id)
    rules.check_withdraw_origin(origin, by)
    dataset = locked(Dataset.objects.all(), pk=origin.dataset_id)
    origin.reason = WHY.given(reason)
    origin.withdrawn_at, origin.withdrawn_by_id = clock.now(), by.person_id
    origin.save(update_fields=["reason", "withdrawn_at", "withdrawn_by_id"])
    dataset.is_derived = Origin.objects.filter(dataset=dataset, withdrawn_at=None).exists()
    dataset.save(update_fields=["is_derived"])
    record(
        OriginWithdrawn(
            subject=f"dataset:{dataset.pk}", about=concerns(dataset), origin=str(origin.pk)
        ),
        by=by,
    )
    return origin
