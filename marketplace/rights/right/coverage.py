"""What data a certified right is about.

A right is confirmed over data as it is described and of a certain source, not over whatever may be
uploaded under the same name later. For data that is collected once it covers the very version that
was examined; where updates were announced, every table with the same columns.
"""

import hashlib
from typing import Any

import rfc8785

from marketplace.catalog.dataset.choices import UpdateFrequency
from marketplace.catalog.dataset.models import Dataset, Described
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_reviewed_version

DESCRIBED = (
    "title",
    "asset_kind",
    "source_kind",
    "source_description",
    "legal_basis",
    "region",
    "update_frequency",
)
"""What says which data it is and where it comes from. Period, abstract, theme and contact may
change under the same right."""


def covers_updates(described: Described) -> bool:
    """Return whether a right over data reaches its later tables with the same columns."""
    return described.update_frequency != UpdateFrequency.ONCE


def scope_digest(version: DatasetVersion) -> str:
    """Return the SHA-256 of what a right over a version covers; of a masked one, of its source.

    It goes by what the version was approved as.
    """
    source, described = version.source, version.described
    scope: dict[str, Any] = {
        "described": {name: getattr(described, name) for name in DESCRIBED},
        "structure": source.structure_sha256,
        "content": "" if covers_updates(described) else source.sha256,
    }
    return hashlib.sha256(rfc8785.dumps(scope)).hexdigest()


def present_scope(dataset: Dataset) -> tuple[DatasetVersion | None, str]:
    """Return what is reviewed of a dataset and what a right over it covers; None and "" of none."""
    version = latest_reviewed_version(dataset)
    return version, scope_digest(version) if version else ""
