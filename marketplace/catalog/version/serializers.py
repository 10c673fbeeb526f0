from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.catalog.dataset.grading import Grade
from marketplace.catalog.version.annotations import SAID, ColumnAnnotation
from marketplace.catalog.version.dictionary import Dictionary
from marketplace.catalog.version.differing import Differing, differing_lines
from marketplace.catalog.version.examined import Why
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.rules import acts_on_version
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import longest_of
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField
from marketplace.web.taking import GroupSerializer


class UploadDataIn(serializers.Serializer[Any]):
    """A table as XLSX, CSV or Parquet, also packed."""

    upload = serializers.FileField(allow_empty_file=True)
    sheet = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=longest_of(DatasetVersion, "sheet"),
        help_text="Of a workbook; without it the first visible sheet with content is read.",
    )


class ColumnAnnotationIn(GroupSerializer):
    """What a column is; a code list has one `code = meaning` a line.

    It replaces what was said of the column before; a field left out becomes empty.
    """

    takes = staticmethod(ColumnAnnotation)


class AnnotateColumnsIn(serializers.Serializer[Any]):
    """What columns are; those that are not named keep what was said of them."""

    columns = ColumnAnnotationIn(many=True)


class DictionaryIn(serializers.Serializer[Any]):
    """A table of what columns are, as XLSX or CSV: one row a column, its first row of headings."""

    upload = serializers.FileField(allow_empty_file=True)


class ExplainedColumnOut(serializers.Serializer[Any]):
    """What a file says of a column; what it does not say is empty."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    meaning = serializers.CharField()
    unit = serializers.CharField()
    code_list = serializers.CharField()


class DictionaryOut(serializers.Serializer[Dictionary]):
    """What a dictionary says of columns that there are, and by row what was left out and why."""

    columns = ExplainedColumnOut(many=True)
    notes = serializers.ListField(child=serializers.CharField())


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
    "reading",
    "is_set_aside",
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


class BeyondOut(serializers.Serializer[Differing]):
    """In what a column goes beyond what was approved, and what was and what came, in words.

    `column` is "" for the rows as such. No value of a text stands in it.
    """

    column = serializers.CharField(allow_blank=True)
    why = serializers.ChoiceField(choices=[(why.value, why.value) for why in Why])
    sentence = serializers.CharField()
    approved = serializers.CharField()
    came = serializers.CharField()


class DiffersOut(serializers.Serializer[Any]):
    """What the values of a table say of columns that differ from those of before.

    `renamed` has by the name of a new column the missing one that it seems to be, `unread` by the
    name of a column of another type the first rows that do not read as before, counted from 1.
    `beyond` has in what columns are not what was approved: of the first 20, of `beyond_count`.
    """

    renamed = serializers.DictField(child=serializers.CharField(), default=dict)
    unread = serializers.DictField(
        child=serializers.ListField(child=serializers.IntegerField()), default=dict
    )
    beyond = serializers.SerializerMethodField()
    beyond_count = serializers.IntegerField(default=0)

    @extend_schema_field(BeyondOut(many=True))
    def get_beyond(self, differs: dict[str, Any]) -> list[Any]:
        """Return what was approved and what came, in words."""
        return [BeyondOut(one).data for one in differing_lines(differs)]
