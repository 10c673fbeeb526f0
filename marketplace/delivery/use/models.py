"""Keys to a grant, and what was taken with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Person
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record
from marketplace.delivery.grant.models import Grant

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


# What programs took from a grant, request by request, and added up by day.


@named_in_api()
class UseKind(models.TextChoices):
    ROWS = "rows", _("Rows through the API")
    TABLE = "table", _("Table through Delta Sharing")
    CHANGES = "changes", _("Changes since a revision")
    SCORES = "scores", _("Rows scored by the model")


class Uncounted(models.TextChoices):
    """Why an answer has no rows that count: no row was sent, or those were counted before."""

    HEAD = "head", _("Asked what would come (HEAD)")
    KNOWN = "known", _("Unchanged (304)")
    AGAIN = "again", _("Same rows again within 24 hours")


class Use(Record):
    """One answered request. `size` counts the bytes of the answer, `day` is the centre's day.

    `rows` are those that count. `question` and `answer` are digests of what a program asked and was
    given, with room for `most` rows. A request from the buyer's own page has no key.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="uses")
    key = models.ForeignKey(GrantKey, models.PROTECT, null=True, related_name="uses")
    kind = models.CharField(_("kind"), max_length=7, choices=UseKind)
    rows = models.BigIntegerField(_("rows"))
    size = models.BigIntegerField(_("bytes"))
    day = models.DateField(_("day"))
    uncounted = models.CharField(_("not counted"), max_length=5, choices=Uncounted, blank=True)
    question = models.CharField(_("digest of the question"), max_length=64, blank=True)
    answer = models.CharField(_("digest of the answer"), max_length=64, blank=True)
    most = models.PositiveIntegerField(_("rows at most"), null=True)

    class Meta:
        verbose_name = _("use by a program")
        verbose_name_plural = _("uses by programs")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["grant", "created_at"]),
            models.Index(fields=["day", "grant"]),
            models.Index(
                fields=["grant", "question", "created_at"],
                condition=models.Q(uncounted="") & ~models.Q(question=""),
                name="delivery_use_counted_question",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_use_counts", condition=models.Q(rows__gte=0, size__gte=0)
            ),
            models.CheckConstraint(
                name="delivery_use_uncounted_has_no_rows",
                condition=models.Q(uncounted="") | models.Q(rows=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rows}"


class QuotaPart(Record):
    """A part of the rows that a grant's quota has left for scoring; programs draw on any of them.

    The parts add up to what is left of `quota` rows since the day `since`.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="quota_parts")
    number = models.PositiveSmallIntegerField(_("number"))
    since = models.DateField(_("counted since"))
    quota = models.BigIntegerField(_("quota"))
    left = models.BigIntegerField(_("rows left"))

    class Meta:
        verbose_name = _("part of a quota")
        verbose_name_plural = _("parts of quotas")
        ordering = ["grant", "number"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "number"], name="delivery_one_part_of_quota"),
            models.CheckConstraint(
                name="delivery_part_of_quota_is_left", condition=models.Q(left__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.left}"


class UseDay(Record):
    """The uses of a grant on one day, added up once the day is over and told in the ledger."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="use_days")
    day = models.DateField(_("day"))
    calls = models.BigIntegerField(_("calls"))
    rows = models.BigIntegerField(_("rows"))
    size = models.BigIntegerField(_("bytes"))
    uncounted = models.BigIntegerField(_("calls not counted"), default=0)

    class Meta:
        verbose_name = _("day of use")
        verbose_name_plural = _("days of use")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "day"], name="delivery_one_sum_of_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.rows}"
