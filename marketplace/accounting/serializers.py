"""What the accounting API takes and gives."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.accounting.models import (
    Category,
    CostEntry,
    Impairment,
    Recognition,
)
from marketplace.accounting.presentation import NoteRow, schedule_of
from marketplace.accounting.rules import acts_on_cost, acts_on_recognition
from marketplace.accounting.services import (
    approve_recognition,
    propose_recognition,
    withdraw_recognition,
)
from marketplace.accounting.standards.planner import Path, Planned
from marketplace.accounting.standards.ratio import Entity
from marketplace.accounting.standards.schedule import CalendarYear
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut, ActsField
from marketplace.web.taking import ActSerializer, serializer_of


class CostOut(serializers.ModelSerializer[CostEntry]):
    """A cost entry, and whether it can be reversed."""

    acts = ActsField(acts_on_cost)

    class Meta:
        model = CostEntry
        fields = (
            "id",
            "dataset",
            "kind",
            "incurred_on",
            "amount",
            "currency",
            "voucher",
            "reverses",
            "created_at",
            "acts",
        )


class AnswerIn(serializers.Serializer[Any]):
    """An answer to a question of the standard."""

    met = serializers.BooleanField()
    evidence = serializers.CharField(max_length=200, allow_blank=True, default="")


class ProposeRecognitionIn(ActSerializer):
    """The recognition test. No amount is given: it comes from the vouchers alone."""

    takes = staticmethod(propose_recognition)
    answers = serializers.DictField(child=AnswerIn())


BookingChecklistIn = serializer_of(
    approve_recognition,
    name="BookingChecklistIn",
    about="The points that the reviewer has checked: all of them, to approve.",
)
BookingReasonIn = serializer_of(withdraw_recognition, name="BookingReasonIn", about="A reason.")


class ImpairmentOut(serializers.ModelSerializer[Impairment]):
    """A test; a loss below zero is a reversal."""

    class Meta:
        model = Impairment
        fields = (
            *("id", "recognition", "tested_on", "recoverable", "loss", "voucher"),
            "created_at",
        )


class CalendarYearOut(serializers.Serializer[CalendarYear]):
    """A year of the schedule."""

    year = serializers.IntegerField()
    opening = serializers.DecimalField(max_digits=18, decimal_places=2)
    amortized = serializers.DecimalField(max_digits=18, decimal_places=2)
    impaired = serializers.DecimalField(max_digits=18, decimal_places=2)
    closing = serializers.DecimalField(max_digits=18, decimal_places=2)


class RecognitionOut(serializers.ModelSerializer[Recognition]):
    """A decision on what data is booked as."""

    answers = serializers.JSONField()
    schedule = serializers.SerializerMethodField()

    class Meta:
        model = Recognition
        fields: tuple[str, ...] = (
            *("id", "dataset", "organization", "profile", "purpose", "origin", "answers"),
            *("category", "carrying", "expensed", "currency", "ready_on", "life_months"),
            *("state", "reason", "schedule", "created_at"),
        )

    @extend_schema_field(CalendarYearOut(many=True))
    def get_schedule(self, recognition: Recognition) -> Any:
        """Return each year in cents."""
        return [CalendarYearOut(year).data for year in schedule_of(recognition)]


class OneRecognitionOut(RecognitionOut):
    """A decision with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = serializers.SerializerMethodField()

    class Meta(RecognitionOut.Meta):
        fields: tuple[str, ...] = (*RecognitionOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, recognition: Recognition) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_recognition(recognition, actor(self.context["request"])).as_json()


class NoteRowOut(serializers.Serializer[NoteRow]):
    """A row of the disclosure table."""

    recognition = serializers.UUIDField(source="recognition.pk")
    dataset = serializers.UUIDField(source="recognition.dataset_id")
    category = serializers.ChoiceField(source="recognition.category", choices=Category.choices)
    opening = serializers.DecimalField(max_digits=18, decimal_places=2)
    added = serializers.DecimalField(max_digits=18, decimal_places=2)
    amortized = serializers.DecimalField(max_digits=18, decimal_places=2)
    impaired = serializers.DecimalField(max_digits=18, decimal_places=2)
    closing = serializers.DecimalField(max_digits=18, decimal_places=2)


class DisclosureOut(serializers.Serializer[Any]):
    """The disclosure table of this year."""

    year = serializers.IntegerField()
    rows = NoteRowOut(many=True)


def _amount() -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=18, decimal_places=2, min_value=Decimal(0), default=Decimal(0)
    )


class PlanIn(serializers.Serializer[Any]):
    """A balance sheet and what is thought of, in one unit of money; rates in percent."""

    entity = serializers.ChoiceField(
        choices=[entity.value for entity in Entity], default=Entity.COMPANY.value
    )
    assets = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=Decimal(1))
    liabilities = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=Decimal(0))
    spend = _amount()
    capitalized = _amount()
    grant = _amount()
    equity = _amount()
    profit = _amount()
    pledge = _amount()
    appraisal = _amount()
    life_years = serializers.IntegerField(min_value=1, max_value=20, default=3)
    loan_rate = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        default=Decimal(4),
    )
    loan_years = serializers.IntegerField(min_value=1, max_value=20, default=3)
    years = serializers.IntegerField(min_value=1, max_value=20, default=5)
    target = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(1),
        max_value=Decimal(100),
        allow_null=True,
        default=None,
    )


class PathOut(serializers.Serializer[Path]):
    """A move: the ratio in percent right after it and after each year, or why it is refused.

    `changes` are in points, each of the exact ratios.
    """

    operation = serializers.CharField()
    ratios = serializers.ListField(child=serializers.DecimalField(max_digits=18, decimal_places=4))
    changes = serializers.ListField(child=serializers.DecimalField(max_digits=18, decimal_places=4))
    is_lasting = serializers.BooleanField()
    refused = serializers.CharField()
    code = serializers.CharField()


class PlannedOut(serializers.Serializer[Planned]):
    """The ratio as it is, the moves, and the equity that the target needs."""

    before = serializers.DecimalField(max_digits=18, decimal_places=4)
    needed = serializers.DecimalField(max_digits=22, decimal_places=4, allow_null=True)
    paths = PathOut(many=True)
