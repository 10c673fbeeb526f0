from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class VersionReceived(Fact):
    """A table was uploaded, read and stored encrypted."""

    kind = "catalog.version_received"
    label = _("Data received")
    sha256: str
    upload_sha256: str
    rows: int
    columns: int


@dataclass(frozen=True, kw_only=True)
class ColumnsAnnotated(Fact):
    """The columns of a version were explained."""

    kind = "catalog.columns_annotated"
    label = _("Columns annotated")
    columns: int


@dataclass(frozen=True, kw_only=True)
class MaskedVersionAdded(Fact):
    """A masked version was made."""

    kind = "catalog.masked_version_added"
    label = _("Masked version added")
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class ModelVersionAdded(Fact):
    """A trained model became what a dataset is."""

    kind = "catalog.model_version_added"
    label = _("Model added to the catalog")
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class RawDataDestroyed(Fact):
    """The bytes of a source version were destroyed: on their day, or early because asked."""

    kind = "catalog.raw_data_destroyed"
    label = _("Raw data destroyed")
    sha256: str
    early: bool


@dataclass(frozen=True, kw_only=True)
class VersionTakenUp(Fact):
    """Other columns that a feed brought, and that were set aside, were taken as a change."""

    kind = "catalog.version_taken_up"
    label = _("Other columns taken up as a change")
    sha256: str
