from typing import Any, ClassVar

from marketplace.annotation.labelled_set.choices import LabelFormat
from marketplace.annotation.labelled_set.serializers import (
    LabelsOutIn,
)
from marketplace.annotation.labelled_set.services import take_out_labels
from marketplace.core import Actor, Scope
from marketplace.web.api import DocumentView


class _SavesLabels(DocumentView):
    """What the files of a labelled set have in common."""

    scope = Scope.DELIVER
    asks = LabelsOutIn
    form: ClassVar[LabelFormat]

    def document(self, by: Actor, **ids: Any) -> bytes:
        """Take out, which is on record."""
        return take_out_labels(ids.pop("pk"), form=self.form, **ids, by=by).content


class SaveLabelStudio(_SavesLabels):
    """A ZIP of a labelled set: tasks and configuration, as a project of Label Studio takes them."""

    form = LabelFormat.LABEL_STUDIO
    media = "application/zip"
    operation = "save_labels_for_label_studio"
    summary = "Save a labelled set for Label Studio"


class SaveRecords(_SavesLabels):
    """A labelled set as records of high-quality datasets (TC609-5-2025): a JSON object a line."""

    form = LabelFormat.TC609
    media = "application/octet-stream"
    operation = "save_labels_as_records"
    summary = "Save a labelled set as TC609 records"


class SaveCroissant(_SavesLabels):
    """A ZIP of a labelled set: a description in Croissant 1.1 with RAI, and the Parquet file."""

    form = LabelFormat.CROISSANT
    media = "application/zip"
    operation = "save_labels_as_croissant"
    summary = "Save a labelled set with Croissant"


class SaveParquet(_SavesLabels):
    """A labelled set as Parquet: a row an item, each with its labels and its part."""

    form = LabelFormat.PARQUET
    media = "application/octet-stream"
    operation = "save_labels_as_parquet"
    summary = "Save a labelled set as Parquet"
