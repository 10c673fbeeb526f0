from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class VersionReceived(Fact, kind="catalog.version_received", label=_("Data received")):
    """A table was uploaded, read and stored encrypted."""

    sha256: str
    upload_sha256: str
    rows: int
    columns: int


class ColumnsAnnotated(Fact, kind="catalog.columns_annotated", label=_("Columns annotated")):
    """The columns of a version were explained."""

    columns: int


class MaskedVersionAdded(
    Fact, kind="catalog.masked_version_added", label=_("Masked version added")
):
    """A masked version was made."""

    sha256: str
    rows: int


class ModelVersionAdded(
    Fact, kind="catalog.model_version_added", label=_("Model added to the catalog")
):
    """A trained model became what a dataset is."""

    sha256: str
    rows: int


class RawDataDestroyed(Fact, kind="catalog.raw_data_destroyed", label=_("Raw data destroyed")):
    """The bytes of a source version were destroyed: on their day, or early because asked."""

    sha256: str
    early: bool


class VersionTakenUp(
    Fact, kind="catalog.version_taken_up", label=_("Other columns taken up as a change")
):
    """Other columns that a feed brought, and that were set aside, were taken as a change."""

    sha256: str
