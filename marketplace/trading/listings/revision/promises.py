"""By which quality rules a revision went live, and how they differ from those before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db.models import F, Model, OuterRef, QuerySet, Subquery

from desensitize.quality import Rule
from marketplace.catalog.quality.comparing import RuleChange, changes_between
from marketplace.catalog.quality.models import QualityCheck, QualityRules
from marketplace.catalog.version.models import DatasetVersion
from marketplace.trading.listings.revision.models import Revision

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class RevisionRules:
    """The rules that a revision was asked when it went live, as strangers may read of them.

    `number` and `sha256` say which, None and "" where there were none. `before` is the number of
    the revision that was live before, None of the first; `changes` say what became of its rules.
    Of a column that is left out nothing is said, and of those `masked` not what a rule asks.
    """

    number: int | None
    sha256: str
    before: int | None
    changes: tuple[RuleChange, ...]
    masked: frozenset[str]

    @property
    def promises_less(self) -> bool:
        return any(change.promises_less for change in self.changes)


def with_rules(rows: QuerySet[Row], of: str = "") -> QuerySet[Row]:
    """Fetch with revisions what `rules_of_revision` tells; `of` is the way to them."""
    way = f"{of}__" if of else ""
    before = Revision.objects.filter(
        product=OuterRef(f"{way}product"),
        number__lt=OuterRef(f"{way}number"),
        live_at__isnull=False,
    ).order_by("-number")
    asked_before = before.annotate(asked=Subquery(_rules_asked("")))
    told = rows.annotate(
        asked=Subquery(_rules_asked(way)),
        number_before=Subquery(before.values("number")[:1]),
        asked_before=Subquery(asked_before.values("asked")[:1]),
    ).prefetch_related(f"{way}version__columns", f"{way}version__dataset__quality_rules")
    return cast(QuerySet[Row], told)


def _rules_asked(way: str) -> QuerySet[QualityCheck, Any]:
    """Find the number of the rules that a revision was asked last before it went live."""
    checks = QualityCheck.objects.filter(
        version=OuterRef(f"{way}version"), created_at__lte=OuterRef(f"{way}live_at")
    )
    return checks.order_by("-rules__number").values(number=F("rules__number"))[:1]


def rules_of_revision(row: Any, revision: Revision, *, asked: int | None = None) -> RevisionRules:
    """Return by which rules a revision went live; `row` was fetched by `with_rules`.

    `asked` numbers others that it was asked since, as an offer of it may say.
    """
    asked, before = asked or row.asked, row.number_before
    known = {one.number: one for one in revision.version.dataset.quality_rules.all()}
    rules = known.get(asked)
    changes: tuple[RuleChange, ...] = ()
    if before is not None:
        asked_before = known.get(row.asked_before)
        changes = public_changes(revision.version, _read_rules(asked_before), _read_rules(rules))
    return RevisionRules(
        number=asked,
        sha256=rules.digest if rules is not None else "",
        before=before,
        changes=changes,
        masked=masked_in(revision.version),
    )


def public_changes(
    version: DatasetVersion, before: Iterable[Rule], now: Iterable[Rule]
) -> tuple[RuleChange, ...]:
    """Return what became of rules about columns that are in a version."""
    names = {column.name for column in version.columns.all()}
    found = changes_between(tuple(before), tuple(now))
    return tuple(change for change in found if names.issuperset(change.rule.columns))


def masked_in(version: DatasetVersion) -> frozenset[str]:
    """Name the columns that a mask has changed: what a rule asks of them is told to nobody."""
    return frozenset(column.name for column in version.columns.all() if column.is_altered)


def _read_rules(rules: QualityRules | None) -> tuple[Rule, ...]:
    return rules.read if rules is not None else ()
