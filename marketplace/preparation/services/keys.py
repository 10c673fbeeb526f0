"""The master key of a dataset's pseudonyms. For the acts of this app and its engine runs."""

from __future__ import annotations

from uuid import UUID

from desensitize.crypto import KeyRing
from marketplace.catalog.dataset.models import Dataset
from marketplace.core.envelope import new_key, unwrap, wrap
from marketplace.preparation.models import DatasetKey


def ensure_dataset_key(dataset: Dataset) -> DatasetKey:
    """Return the dataset's key, made now where there is none; the caller has locked the dataset."""
    existing = DatasetKey.objects.filter(dataset=dataset).first()
    if existing is not None:
        return existing
    wrapped = wrap(new_key(), purpose=key_purpose(dataset.pk))
    return DatasetKey.objects.create(dataset=dataset, wrapped_key=wrapped)


def key_ring(dataset: Dataset, *, release: UUID, recipient: str = "") -> KeyRing:
    """Open the keys of a dataset's pseudonyms; they are never written down.

    `release` is the run: no two files that are handed out have their rows in the same order.
    """
    kept = DatasetKey.objects.get(dataset=dataset)
    return KeyRing(
        unwrap(kept.wrapped_key, purpose=key_purpose(dataset.pk)),
        dataset=str(dataset.pk),
        recipient=recipient,
        release=str(release),
    )


def key_purpose(dataset_id: UUID) -> str:
    """Return the purpose under which the key of a dataset's pseudonyms is wrapped."""
    return f"preparation:pseudonyms:{dataset_id}"
