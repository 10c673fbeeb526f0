from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.core import longest_of
from marketplace.delivery.grant.models import Download, GivenRevision, Grant
from marketplace.delivery.grant.selectors import at_revision
from marketplace.delivery.grant.stored import file_name
from marketplace.preparation.release.models import Copy
from marketplace.preparation.report.models import Verdict
from marketplace.preparation.run.models import Run
from marketplace.trading.listings.history.serializers import RevisionRulesOut
from marketplace.trading.listings.revision.promises import rules_of_revision
from marketplace.trading.listings.terms.clauses.quota import QuotaWindow
from marketplace.web.bounded import serializers


class GrantOut(serializers.ModelSerializer[Grant]):
    """A grant. `quota_rows` is what the terms that hold now let programs take."""

    quota_rows = serializers.SerializerMethodField(
        help_text="How many rows programs may take; null for any number."
    )
    quota_window = serializers.ChoiceField(
        choices=QuotaWindow.choices, source="order.agreed_terms.quota_window", read_only=True
    )

    def get_quota_rows(self, grant: Grant) -> int | None:
        """Return the quota."""
        return grant.order.agreed_terms.quota_rows or None

    class Meta:
        model = Grant
        fields: tuple[str, ...] = (
            *("id", "order", "organization", "listing", "revision", "version"),
            *("sha256", "size", "mode"),
            *(
                "projection",
                "quota_rows",
                "quota_window",
                "certificate",
                "state",
                "expires_at",
                "reason",
                "created_at",
            ),
        )


class GivenRevisionOut(serializers.ModelSerializer[GivenRevision]):
    """The manifest of a revision that a grant gave: what it is, and the one file of it."""

    number = serializers.IntegerField(source="revision.number", read_only=True)
    product = serializers.UUIDField(source="revision.product_id", read_only=True)
    version = serializers.UUIDField(source="revision.version_id", read_only=True)
    period = serializers.CharField(source="revision.period", read_only=True)
    verdict = serializers.ChoiceField(
        choices=Verdict.choices, source="revision.verdict", read_only=True
    )
    policy_sha256 = serializers.CharField(source="revision.policy_sha256", read_only=True)
    live_at = serializers.DateTimeField(source="revision.live_at", read_only=True)
    given_at = serializers.DateTimeField(source="created_at", read_only=True)
    rows = serializers.SerializerMethodField(help_text="Of the version, or of the buyer's copy.")
    file_name = serializers.SerializerMethodField()
    rules = serializers.SerializerMethodField()

    class Meta:
        model = GivenRevision
        fields = (
            *("number", "product", "revision", "version", "period", "verdict", "policy_sha256"),
            *("live_at", "given_at", "rows", "file_name", "size", "sha256"),
            "rules",
        )

    @extend_schema_field(RevisionRulesOut)
    def get_rules(self, given: GivenRevision) -> dict[str, Any]:
        """Return by which rules the revision went live; `told_revisions` has fetched them."""
        return dict(RevisionRulesOut(rules_of_revision(given, given.revision)).data)

    def get_rows(self, given: GivenRevision) -> int:
        """Return how many rows there are."""
        copy = given.copy
        rows = None if copy is None else copy.rows
        return given.revision.version.rows if rows is None else rows

    def get_file_name(self, given: GivenRevision) -> str:
        """Return the name by which the file is downloaded."""
        return file_name(at_revision(given.grant, given))


class CopyOut(serializers.ModelSerializer[Copy]):
    """What is written for one buyer. `passed` is null until it is measured."""

    state = serializers.ChoiceField(
        choices=Run._meta.get_field("state").flatchoices, source="run.state", read_only=True
    )
    progress = serializers.IntegerField(source="run.progress", read_only=True, help_text="Of 1000.")

    class Meta:
        model = Copy
        fields = (
            *("id", "run", "state", "progress", "projection", "is_marked", "passed", "failures"),
            *("sha256", "rows", "valid_until", "created_at"),
        )


class DownloadOut(serializers.ModelSerializer[Download]):
    """One request for bytes."""

    class Meta:
        model = Download
        fields = ("id", "first_byte", "last_byte", "sent", "created_at")


class RevokeIn(serializers.Serializer[Any]):
    """Why access is taken back."""

    reason = serializers.CharField(max_length=longest_of(Grant))


class CodebookOut(serializers.Serializer[Any]):
    """What the columns of a grant mean.

    Each has `name` and `missing_codes`, and as far as it was said `type`, `label`, `unit`,
    `meaning`, `codes`, `levels`, `treatment`, `treatment_meaning` and `treatment_options`. Of
    two columns that one came as, from and to, `bound_of` names it, and `bound`, `bound_edge` and
    `bound_meaning` say which end this is.
    """

    columns = serializers.ListField(child=serializers.DictField())
