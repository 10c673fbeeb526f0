from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_field

from desensitize.tables import Reading, Survey
from desensitize.tables.days import FORMS
from desensitize.tables.reading import FILL, LEAVE_OUT, MOST_ROWS_OUT, NOTE, TOTAL
from marketplace.catalog.dataset.choices import SEPARATOR_SIGNS, ColumnType, Encoding
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.proposals import proposals_of
from marketplace.catalog.intake.rules import acts_on_intake
from marketplace.catalog.intake.seeing import reading_of, seen_of
from marketplace.catalog.intake.services import take_file
from marketplace.catalog.version.serializers import ColumnAnnotationIn, DiffersOut
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActsField
from marketplace.web.taking import ActSerializer


class HandInFileIn(serializers.Serializer[Any]):
    """A table as XLSX, CSV or Parquet, also packed."""

    upload = serializers.FileField(allow_empty_file=True)


class ReadingField(serializers.Serializer[Any]):
    """How a table is read; what is left open is found out.

    `names` has a name for each column of the file, "" for one that is left out, and `days` the form
    of its days, "" where they need none. `rows_out` are the rows under the header that are left
    out, by their number in the file.
    """

    encoding = serializers.ChoiceField(choices=Encoding.choices, default="", allow_blank=True)
    separator = serializers.ChoiceField(choices=SEPARATOR_SIGNS, default="", allow_blank=True)
    sheet = serializers.CharField(
        default="", allow_blank=True, max_length=100, trim_whitespace=False
    )
    header = serializers.IntegerField(default=0, min_value=0, max_value=10_000_000)
    headers = serializers.ListField(
        child=serializers.CharField(allow_blank=True, max_length=40_000, trim_whitespace=False),
        default=list,
        max_length=500,
        help_text="What stands in the row of the header; it is read from the file.",
    )
    names = serializers.ListField(
        child=serializers.CharField(allow_blank=True, max_length=200),
        default=list,
        max_length=500,
    )
    days = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(FORMS), allow_blank=True),
        default=list,
        max_length=500,
    )
    rows_out = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=1_000_000_000),
        default=list,
        max_length=MOST_ROWS_OUT,
    )
    kept = serializers.ListField(
        child=serializers.ChoiceField(choices=[TOTAL, NOTE]), default=list, max_length=2
    )
    ragged = serializers.ChoiceField(choices=[FILL, LEAVE_OUT], default="", allow_blank=True)

    def to_internal_value(self, data: Any) -> Any:
        """Return a reading."""
        told: dict[str, Any] = dict(super().to_internal_value(data))
        told.pop("headers")
        lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        return Reading(**(told | lists))


class MendReadingIn(serializers.Serializer[Any]):
    """How the table of a file is read, and what is said of its columns so far."""

    reading = ReadingField()
    said = ColumnAnnotationIn(many=True, required=False, default=list)


class TakeFileIn(ActSerializer):
    """How the table is read, unless as was proposed or said last, and what its columns are."""

    takes = staticmethod(take_file)
    reading = ReadingField(required=False, allow_null=True, default=None)
    said = ColumnAnnotationIn(many=True, required=False, default=list)


class SeenRowOut(serializers.Serializer[Any]):
    """A row of the file: its number there, what it is taken for, its first cells, shortened."""

    number = serializers.IntegerField()
    kind = serializers.CharField()
    width = serializers.IntegerField()
    cells = serializers.ListField(child=serializers.CharField(allow_blank=True))


class SeenColumnOut(serializers.Serializer[Any]):
    """A column of the file: what heads it, what is odd about it, some values."""

    header = serializers.CharField(allow_blank=True)
    oddity = serializers.CharField(allow_blank=True)
    samples = serializers.ListField(child=serializers.CharField())


class ColumnInfoOut(serializers.Serializer[Any]):
    """A column as it would be read."""

    name = serializers.CharField()
    dtype = serializers.ChoiceField(choices=ColumnType.choices)


class SurveyOut(serializers.Serializer[Any]):
    """What was seen of a file; `refusal` is the code of why the reading makes no table."""

    sheets = serializers.ListField(child=serializers.CharField())
    head = SeenRowOut(many=True)
    tail = SeenRowOut(many=True)
    odd = SeenRowOut(many=True)
    columns = SeenColumnOut(many=True)
    short = serializers.IntegerField()
    long = serializers.IntegerField()
    refusal = serializers.CharField(allow_blank=True)
    rows = serializers.SerializerMethodField()
    table = serializers.SerializerMethodField()

    def get_rows(self, seen: Survey) -> int | None:
        """Return how many rows the table has, None where there is none."""
        return seen.info.rows if seen.info else None

    @extend_schema_field(ColumnInfoOut(many=True))
    def get_table(self, seen: Survey) -> list[dict[str, Any]]:
        """Return the columns of the table."""
        return list(ColumnInfoOut(seen.info.columns if seen.info else (), many=True).data)


class ProposalOut(serializers.Serializer[Any]):
    """What is proposed of a column, where it comes from, and what to look at."""

    name = serializers.CharField(allow_blank=True)
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    unit = serializers.CharField(allow_blank=True)
    meaning = serializers.CharField(allow_blank=True)
    code_list = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    warning = serializers.CharField(allow_blank=True)


class IntakeOut(serializers.ModelSerializer[Intake]):
    """A file that came; what was seen of it is for who sent it alone."""

    seen = serializers.SerializerMethodField()
    proposals = serializers.SerializerMethodField()
    reading = ReadingField()
    differs = DiffersOut(read_only=True)
    acts = ActsField(acts_on_intake)

    class Meta:
        model = Intake
        fields = (
            "id",
            "dataset",
            "name",
            "sha256",
            "state",
            "reading",
            "said",
            "seen",
            "proposals",
            "differs",
            "version",
            "expires_at",
            "created_at",
            "acts",
        )

    @extend_schema_field(SurveyOut(allow_null=True))
    def get_seen(self, intake: Intake) -> dict[str, Any] | None:
        """Return what was seen."""
        seen = seen_of(intake, actor(self.context["request"]))
        return dict(SurveyOut(seen).data) if seen is not None else None

    @extend_schema_field(ProposalOut(many=True, allow_null=True))
    def get_proposals(self, intake: Intake) -> list[dict[str, Any]] | None:
        """Return what is proposed of its columns."""
        seen = seen_of(intake, actor(self.context["request"]))
        if seen is None:
            return None
        names = reading_of(intake).names
        proposed = proposals_of(intake, seen)
        return [
            {"name": name, **asdict(proposal)}
            for name, proposal in zip(names, proposed, strict=True)
        ]
