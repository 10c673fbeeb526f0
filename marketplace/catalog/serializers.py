"""What the catalog API takes and gives."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field

from marketplace.catalog.annotations import SAID
from marketplace.catalog.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.grading import Grade, HarmDegree, HarmedObject, NegativeItem
from marketplace.catalog.models import Column, Dataset, DatasetVersion
from marketplace.catalog.rules import acts_on_dataset, acts_on_version
from marketplace.catalog.selectors import columns_of
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class ImpactIO(serializers.Serializer[Any]):
    """A harm that misuse of the data could do."""

    object = serializers.ChoiceField(choices=HarmedObject.choices)
    degree = serializers.ChoiceField(choices=HarmDegree.choices)


class DatasetDescriptionIn(serializers.Serializer[Any]):
    """The description of a dataset."""

    title = serializers.CharField(help_text="At most 40 characters.")
    abstract = serializers.CharField(help_text="At most 400 characters.")
    theme = serializers.ChoiceField(choices=Theme.choices)
    asset_kind = serializers.ChoiceField(choices=AssetKind.choices)
    source_kind = serializers.ChoiceField(choices=SourceKind.choices)
    source_description = serializers.CharField()
    legal_basis = serializers.CharField()
    personal_basis = serializers.ChoiceField(
        choices=PersonalBasis.choices, allow_blank=True, default=""
    )
    region = serializers.CharField()
    time_scope = serializers.CharField()
    update_frequency = serializers.ChoiceField(choices=UpdateFrequency.choices)
    contact = serializers.CharField()


class GradeDatasetIn(serializers.Serializer[Any]):
    """From what a grade follows."""

    impacts = ImpactIO(many=True)
    negative_list = serializers.ListField(
        child=serializers.ChoiceField(choices=NegativeItem.choices), default=list
    )


class ApproveDatasetIn(serializers.Serializer[Any]):
    """The points that the reviewer has looked at; all are needed."""

    checklist = serializers.ListField(child=serializers.CharField())


class UploadDataIn(serializers.Serializer[Any]):
    """A table as XLSX, CSV or Parquet, also packed."""

    upload = serializers.FileField(allow_empty_file=True)
    sheet = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=100,
        help_text="Of a workbook; without it the first visible sheet with content is read.",
    )


class ColumnAnnotationIn(serializers.ModelSerializer[Column]):
    """What a column is; a code list has one `code = meaning` a line."""

    class Meta:
        model = Column
        fields = ("name", *SAID)
        extra_kwargs: ClassVar = {"label": {"required": True}}


class AnnotateColumnsIn(serializers.Serializer[Any]):
    """What columns are; those that are not named keep what was said of them."""

    columns = ColumnAnnotationIn(many=True)


class DatasetOut(serializers.ModelSerializer[Dataset]):
    """A dataset."""

    impacts = ImpactIO(many=True)
    negative_list = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Dataset
        fields: tuple[str, ...] = (
            "id",
            "organization",
            "title",
            "abstract",
            "theme",
            "asset_kind",
            "source_kind",
            "source_description",
            "legal_basis",
            "personal_basis",
            "region",
            "time_scope",
            "update_frequency",
            "contact",
            "impacts",
            "negative_list",
            "grade",
            "state",
            "reason",
            "created_at",
        )


class OneDatasetOut(DatasetOut):
    """A dataset with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_dataset)

    class Meta(DatasetOut.Meta):
        fields: tuple[str, ...] = (*DatasetOut.Meta.fields, "acts")


class ColumnOut(serializers.ModelSerializer[Column]):
    """A column; `grade` is its own, null where nobody graded it."""

    grade = serializers.ChoiceField(choices=Grade.choices, allow_null=True, read_only=True)

    class Meta:
        model = Column
        fields = ("position", "name", "dtype", *SAID, "grade")


VERSION_FIELDS = (
    "id",
    "dataset",
    "number",
    "kind",
    "parent",
    "rows",
    "column_count",
    "sha256",
    "size",
    "upload_sha256",
    "original_name",
    "file_kind",
    "compression",
    "encoding",
    "separator",
    "sheet",
    "sheet_count",
    "error_cells",
    "raw_until",
    "raw_destroyed_at",
    "created_at",
)


class DatasetVersionOut(serializers.ModelSerializer[DatasetVersion]):
    """A version."""

    class Meta:
        model = DatasetVersion
        fields = VERSION_FIELDS


class ExplainedVersionOut(serializers.ModelSerializer[DatasetVersion]):
    """A version with its columns."""

    columns = serializers.SerializerMethodField()

    class Meta:
        model = DatasetVersion
        fields: tuple[str, ...] = (*VERSION_FIELDS, "columns")

    @extend_schema_field(ColumnOut(many=True))
    def get_columns(self, version: DatasetVersion) -> list[dict[str, Any]]:
        """Return the columns in their order."""
        return list(ColumnOut(columns_of(version), many=True).data)


class OneVersionOut(ExplainedVersionOut):
    """A version with the acts of the catalog that are open, and why the others are not."""

    acts = ActsField(acts_on_version)

    class Meta(ExplainedVersionOut.Meta):
        fields: tuple[str, ...] = (*ExplainedVersionOut.Meta.fields, "acts")
