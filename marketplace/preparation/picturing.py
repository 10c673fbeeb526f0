"""The risk–utility picture: what each method loses at each smallest class, to choose by looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desensitize.policy import Policy
from marketplace.preparation.answers import count, percent
from marketplace.preparation.models import Study
from marketplace.preparation.wording import SEARCH_LABELS
from marketplace.web.charts import curves

HUNDRED = 100


@dataclass(frozen=True)
class Point:
    """What a method comes to at a smallest class; without figures where it cannot reach it."""

    method: str
    method_label: str
    k: int
    loss: str
    left_out: str
    is_reached: bool
    is_accepted: bool
    is_chosen: bool

    @property
    def query(self) -> str:
        """Answer the query by which the policy's page takes the point over."""
        return urlencode({"method": self.method, "smallest_class": self.k})


@dataclass(frozen=True)
class Row:
    """A smallest class with the point of each method."""

    k: str
    risk: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Picture:
    """The picture: a chart, and its points as a table."""

    chart: SafeString
    methods: tuple[str, ...]
    rows: tuple[Row, ...]


def picture_of(study: Study, policy: Policy) -> Picture:
    """Draw an answered study; `policy` tells which point is chosen now."""
    points: list[dict[str, Any]] = study.answer["points"]
    methods = list(dict.fromkeys(point["method"] for point in points))
    sizes = list(dict.fromkeys(point["k"] for point in points))
    found = {(point["method"], point["k"]): point for point in points}
    return Picture(
        chart=_chart(points, methods),
        methods=tuple(_label(method) for method in methods),
        rows=tuple(
            Row(
                k=count(k),
                risk=percent(1 / k),
                points=tuple(_point(found[method, k], policy) for method in methods),
            )
            for k in sizes
        ),
    )


def _chart(points: list[dict[str, Any]], methods: list[str]) -> SafeString:
    series = {
        _label(method): [
            (str(point["k"]), round(point["loss"] * HUNDRED, 2))
            for point in points
            if point["method"] == method and not point["refusal"]
        ]
        for method in methods
    }
    return curves(
        series,
        title=_("Detail lost by smallest group"),
        x_title=_("Smallest group (k)"),
        y_title=_("Detail lost, in percent"),
    )


def _point(point: dict[str, Any], policy: Policy) -> Point:
    share: float = point["suppressed_share"]
    return Point(
        method=point["method"],
        method_label=_label(point["method"]),
        k=point["k"],
        loss=percent(point["loss"]),
        left_out=percent(share),
        is_reached=not point["refusal"],
        is_accepted=not point["refusal"] and share <= settings.CENTRE["LARGEST_SUPPRESSION"],
        is_chosen=(policy.method, policy.smallest_class) == (point["method"], point["k"]),
    )


def _label(method: str) -> str:
    return str(SEARCH_LABELS.get(method, method))
