"""What the desk's API gives."""

from typing import Any

from marketplace.catalog.dataset.choices import Theme
from marketplace.desk.region_pictures import month_text
from marketplace.web.bounded import serializers

MONTH_HELP = "As year and month, such as 2026-01."


class RegionQueryIn(serializers.Serializer[Any]):
    """Which figures: without `first` and `last` those of the last twelve months."""

    region = serializers.CharField(required=False)
    theme = serializers.ChoiceField(choices=Theme.choices, required=False)
    first = serializers.CharField(required=False, help_text=MONTH_HELP)
    last = serializers.CharField(required=False, help_text=MONTH_HELP)
    scope = serializers.ChoiceField(
        choices=["own", "whole"],
        required=False,
        help_text="Officers only: their own data, or everybody's in their regions.",
    )


class FiguresOut(serializers.Serializer[Any]):
    """Counts, and money in `currency`; `share` is the providers' of the income, from 0 to 1."""

    assets = serializers.IntegerField()
    certified = serializers.IntegerField()
    valued = serializers.IntegerField()
    value = serializers.DecimalField(max_digits=24, decimal_places=2)
    traded = serializers.IntegerField()
    income = serializers.DecimalField(max_digits=24, decimal_places=2)
    to_providers = serializers.DecimalField(max_digits=24, decimal_places=2)
    to_sources = serializers.DecimalField(max_digits=24, decimal_places=2)
    share = serializers.DecimalField(max_digits=7, decimal_places=6, allow_null=True)


class RegionCellOut(serializers.Serializer[Any]):
    """The figures of one region, theme and month."""

    region = serializers.CharField()
    theme = serializers.CharField()
    month = serializers.SerializerMethodField()
    figures = FiguresOut()

    def get_month(self, cell: Any) -> str:
        """Write the month."""
        return month_text(cell.month)


class RegionFiguresOut(serializers.Serializer[Any]):
    """The figures of regions.

    `is_withheld` tells that what fewer than three providers share in is in none of the figures.
    """

    first = serializers.SerializerMethodField()
    last = serializers.SerializerMethodField()
    currency = serializers.CharField()
    is_withheld = serializers.BooleanField()
    total = FiguresOut()
    cells = RegionCellOut(many=True)

    def get_first(self, regions: Any) -> str:
        """Write the first month."""
        return month_text(regions.query.first)

    def get_last(self, regions: Any) -> str:
        """Write the last month."""
        return month_text(regions.query.last)
