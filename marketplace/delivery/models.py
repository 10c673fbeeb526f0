"""Grants, the keys and answers under them, what was used, and reports on it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization, Person
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import append_only
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.delivery.states import GrantState
from marketplace.preparation.models import Copy, EpsilonField
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.order.models import Order

# Grants of access, and each time one was used.


class Grant(Record):
    """The buyer's access to what an order is for. `sha256` is that of the bytes that were sold.

    `projection` says which columns and rows of them are the buyer's; empty are all.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="grant")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="grants", verbose_name=_("buyer")
    )
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="grants")
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="grants")
    copy = models.OneToOneField(
        Copy, models.PROTECT, null=True, related_name="grant", verbose_name=_("copy")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.BigIntegerField(_("size in bytes"))
    mode = models.CharField(_("delivery"), max_length=10)
    projection = models.JSONField(_("columns and rows"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=GrantState, default=GrantState.ACTIVE
    )
    expires_at = models.DateTimeField(_("expires at"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    certificate = models.OneToOneField(
        Credential,
        models.PROTECT,
        null=True,
        related_name="grant",
        verbose_name=_("certificate of the delivery"),
    )

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "expires_at"])]

    def __str__(self) -> str:
        return f"{self.mode} {self.sha256[:12]}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        return (f"order:{self.order_id}", *self.order.concerns)


class Download(Record):
    """One request for bytes. `sent` counts those that left, once the request is over."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="downloads")
    person_id = models.UUIDField(_("person"))
    first_byte = models.BigIntegerField(_("first byte"))
    last_byte = models.BigIntegerField(_("last byte"))
    sent = models.BigIntegerField(_("bytes sent"), null=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="delivery_download_range",
                condition=models.Q(first_byte__gte=0, last_byte__gte=models.F("first_byte")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_byte}-{self.last_byte}"


# What sandboxes have answered, and what that has spent of each budget.


class QuestionBudget(Record):
    """What a grant may spend in a period and has; the row is locked to spend.

    `period` counts the periods since the grant was issued, from 0.
    """

    grant = models.OneToOneField(Grant, models.PROTECT, related_name="question_budget")
    epsilon = EpsilonField(_("ε"))
    spent = EpsilonField(_("ε spent"), default=0)
    period = models.PositiveIntegerField(_("budget period"), default=0)

    class Meta:
        verbose_name = _("budget of a grant")
        verbose_name_plural = _("budgets of grants")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="delivery_budget_never_overspent",
                condition=models.Q(spent__gte=0, spent__lte=models.F("epsilon")),
                violation_error_message=_("The budget does not allow this question."),
            )
        ]

    def __str__(self) -> str:
        return f"ε {self.spent} / {self.epsilon}"


class Release(Record):
    """A noisy answer about a version. Whoever asks the same gets the same, and no other noise.

    `digest` is that of question and declaration. Rows are never changed.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="releases")
    digest = models.CharField(_("SHA-256 of the question"), max_length=64)
    question = models.JSONField(_("question"))
    epsilon = EpsilonField(_("ε"))
    is_thresholded = models.BooleanField(_("only large groups"), default=False)
    result = models.JSONField(_("noisy figures"))

    class Meta:
        verbose_name = _("private answer")
        verbose_name_plural = _("private answers")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "digest", "epsilon"], name="delivery_release_once"
            ),
            models.CheckConstraint(
                name="delivery_release_costs", condition=models.Q(epsilon__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:16]


class Answer(Record):
    """That the buyer of a grant was given a release. Rows are never changed."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="answers")
    release = models.ForeignKey(Release, models.PROTECT, related_name="answers")
    person_id = models.UUIDField(_("person"))
    period = models.PositiveIntegerField(_("budget period"))

    class Meta:
        verbose_name = _("answered question")
        verbose_name_plural = _("answered questions")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "release"], name="delivery_answered_once")
        ]

    def __str__(self) -> str:
        return str(self.release)


append_only.register("delivery_release", key=["id", "version_id,digest,epsilon"])
append_only.register("delivery_answer", key=["id", "grant_id,release_id"])


# Keys by which programs of a buyer use one grant.


class GrantKey(Record):
    """A key to one grant; only its digest is kept. It opens what its maker may open, no more."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="keys")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="grant_keys", verbose_name=_("made by")
    )
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    last_used_on = models.DateField(_("last used on"), null=True)
    with_second_factor = models.BooleanField(_("made with the second factor"), default=False)

    class Meta:
        verbose_name = _("key of a grant")
        verbose_name_plural = _("keys of grants")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant"],
                condition=models.Q(revoked_at=None),
                name="delivery_one_key_of_grant",
                violation_error_message=_("A grant has one key. A new one takes its place."),
            )
        ]

    def __str__(self) -> str:
        return self.digest[:12]


# Reports that were signed and delivered.


class SignedReport(Record):
    """The credential by which the centre vouches that this is the report that was sold."""

    listing = models.OneToOneField(Listing, models.PROTECT, related_name="signed_report")
    credential = models.OneToOneField(Credential, models.PROTECT, related_name="+")
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("signed report")
        verbose_name_plural = _("signed reports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.sha256[:16]


class ReportOpening(Record):
    """That a person of the buyer opened a report. Rows are never changed."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="report_openings")
    person_id = models.UUIDField(_("person"))

    class Meta:
        verbose_name = _("opening of a report")
        verbose_name_plural = _("openings of reports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.created_at)


append_only.register("delivery_reportopening", key=["id"])


# What programs took from a grant, request by request, and added up by day.


class UseKind(models.TextChoices):
    """What was asked for."""

    ROWS = "rows", _("Rows through the API")
    TABLE = "table", _("Table through Delta Sharing")


class Use(Record):
    """One answered request. `size` counts the bytes of the answer, `day` is the centre's day."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="uses")
    key = models.ForeignKey(GrantKey, models.PROTECT, related_name="uses")
    kind = models.CharField(_("kind"), max_length=5, choices=UseKind)
    rows = models.BigIntegerField(_("rows"))
    size = models.BigIntegerField(_("bytes"))
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("use by a program")
        verbose_name_plural = _("uses by programs")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["grant", "created_at"]),
            models.Index(fields=["day", "grant"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_use_counts", condition=models.Q(rows__gte=0, size__gte=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rows}"


class UseDay(Record):
    """The uses of a grant on one day, added up once the day is over and told in the ledger."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="use_days")
    day = models.DateField(_("day"))
    calls = models.BigIntegerField(_("calls"))
    rows = models.BigIntegerField(_("rows"))
    size = models.BigIntegerField(_("bytes"))

    class Meta:
        verbose_name = _("day of use")
        verbose_name_plural = _("days of use")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "day"], name="delivery_one_sum_of_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.rows}"
