"""Claims of rights over a dataset, and the evidence for them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.models import Dataset, Described
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.frozen import CLOCK, STEP, freeze
from marketplace.core.numbers import number_of
from marketplace.core.records import Record
from marketplace.core.terms import HasTerms
from marketplace.rights.claim.choices import ClaimKind, EvidenceKind, Industry
from marketplace.rights.claim.states import RUNNING, ClaimState
from marketplace.rights.procedure.profile import default_procedure
from marketplace.rights.right.choices import Right
from marketplace.vault.models import StoredFile


class Claim(HasTerms, Record):
    """An organization asks the register to confirm rights over its data.

    Days are those of the centre's time zone. While a clock stands still its day is None and the
    working days that are left are kept in `decision_days_left` or `notice_days_left`. No rule says
    that only one organization may hold a right over data: several may. `procedure` names
    the profile whose terms apply. `version` and `scope_sha256` say which data was submitted (see
    `coverage.scope_digest`).

    A transfer is the acquirer's claim to rights of the certificate `preceding`, whose holder asks
    for it too: `joined_by_id` is who confirmed it for the acquirer. `limits` says how far the
    rights pass, "" for wholly; `reference` is the contract or order that it follows from. What
    is left to the holder is registered as a change with the same `preceding`. A renewal, change or
    cancellation that a holder asks for rests on its certificate `preceding` too; `grounds` says
    what changed, or why the right is given up.
    """

    NUMBERED: ClassVar[str] = "CLM"

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="claims")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="claims")
    kind = models.CharField(_("kind"), max_length=10, choices=ClaimKind, default=ClaimKind.FIRST)
    procedure = models.CharField(_("procedure"), max_length=40, default=default_procedure)
    state = models.CharField(
        _("state"), max_length=24, choices=ClaimState, default=ClaimState.DRAFT
    )
    version = models.ForeignKey(
        DatasetVersion, models.PROTECT, null=True, related_name="claims", verbose_name=_("version")
    )
    scope_sha256 = models.CharField(_("SHA-256 of the scope"), max_length=64, blank=True)
    term_years = models.PositiveSmallIntegerField(_("term in years"))
    restrictions = models.CharField(_("restrictions"), max_length=500, blank=True)
    industry = models.CharField(_("industry"), max_length=1, choices=Industry, blank=True)
    contract_grants_right = models.BooleanField(_("the contract grants the right"), default=False)
    missing = models.JSONField(_("what is missing"), default=list, blank=True)
    was_asked_to_complete = models.BooleanField(_("was asked to complete"), default=False)
    submitted_on = models.DateField(_("submitted on"), null=True)
    reply_due_on = models.DateField(_("reply due on"), null=True)
    supplement_due_on = models.DateField(_("to be completed by"), null=True)
    accepted_on = models.DateField(_("accepted on"), null=True)
    was_accepted_silently = models.BooleanField(_("accepted by silence"), default=False)
    decision_due_on = models.DateField(_("decision due on"), null=True)
    decision_days_left = models.PositiveSmallIntegerField(null=True)
    was_extended = models.BooleanField(_("term was extended"), default=False)
    extension_reason = models.CharField(_("why it was extended"), max_length=500, blank=True)
    notice_from = models.DateField(_("notice from"), null=True)
    notice_until = models.DateField(_("notice until"), null=True)
    notice_days_left = models.PositiveSmallIntegerField(null=True)
    waive_reason = models.CharField(_("why there is no notice"), max_length=500, blank=True)
    examined_by_id = models.UUIDField(_("examined by"), null=True)
    deposited_on = models.DateField(_("deposited on"), null=True)
    certified_by_id = models.UUIDField(_("certified by"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    reminded_of = models.DateField(_("last day that was reminded of"), null=True)
    preceding = models.ForeignKey(
        "rights.Certificate",
        models.PROTECT,
        null=True,
        related_name="following_claims",
        verbose_name=_("preceding certificate"),
    )
    limits = models.CharField(_("how far the rights pass"), max_length=300, blank=True)
    reference = models.CharField(_("contract or order"), max_length=120, blank=True)
    grounds = models.CharField(_("what is asked, and why"), max_length=500, blank=True)
    joined_by_id = models.UUIDField(_("confirmed for the acquirer by"), null=True)
    joined_at = models.DateTimeField(_("confirmed for the acquirer at"), null=True)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "organization"],
                condition=models.Q(state__in=sorted(RUNNING)),
                name="rights_one_claim_at_a_time",
            ),
            models.CheckConstraint(
                name="rights_term_positive",
                condition=models.Q(term_years__gte=1),
                violation_error_message=_("A right is confirmed for at least one year."),
            ),
            models.UniqueConstraint(
                fields=["preceding"],
                condition=models.Q(kind=ClaimKind.TRANSFER, state__in=sorted(RUNNING)),
                name="rights_one_transfer_at_a_time",
            ),
            models.CheckConstraint(
                name="rights_transfer_of_something",
                condition=~models.Q(kind=ClaimKind.TRANSFER) | models.Q(preceding__isnull=False),
                violation_error_message=_("A transfer names the certificate that passes."),
            ),
            models.CheckConstraint(
                name="rights_cancellation_of_something",
                condition=~models.Q(kind=ClaimKind.CANCEL)
                | (models.Q(preceding__isnull=False) & ~models.Q(grounds="")),
                violation_error_message=_("A cancellation names the certificate and why it ends."),
            ),
            models.CheckConstraint(
                name="rights_transfer_joined",
                condition=~models.Q(kind=ClaimKind.TRANSFER)
                | models.Q(state__in=[ClaimState.DRAFT, ClaimState.WITHDRAWN])
                | models.Q(joined_by_id__isnull=False),
                violation_error_message=_("Both sides ask for a transfer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}"

    @property
    def described(self) -> Described:
        """Return what the claimed data was approved as; of a draft, what it is said to be."""
        return self.dataset if self.version is None else self.version.described

    @property
    def number(self) -> str:
        """Return what people call it by."""
        return number_of(self.NUMBERED, self.pk)

    @property
    def transferor(self) -> Organization | None:
        """Return the holder who gives rights up by a transfer; None for the other kinds."""
        if self.kind != ClaimKind.TRANSFER or self.preceding is None:
            return None
        return self.preceding.organization

    @property
    def rights(self) -> list[str]:
        """Return the claimed rights in the order of the register."""
        claimed = {row.right for row in self.claimed_rights.all()}
        return [right.value for right in Right if right in claimed]


class ClaimedRight(models.Model):
    """One of the rights that a claim asks for."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="claimed_rights")
    right = models.CharField(_("right"), max_length=8, choices=Right)

    class Meta:
        verbose_name = _("claimed right")
        verbose_name_plural = _("claimed rights")
        constraints = [
            models.UniqueConstraint(fields=["claim", "right"], name="rights_right_once_a_claim")
        ]

    def __str__(self) -> str:
        return self.get_right_display()


class Evidence(Record):
    """A file that supports a claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=20, choices=EvidenceKind)
    title = models.CharField(_("title"), max_length=120)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="evidence")

    class Meta:
        verbose_name = _("file of evidence")
        verbose_name_plural = _("files of evidence")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.title


freeze(
    Claim,
    {
        STEP: [
            *("state", "version_id", "scope_sha256", "submitted_on", "accepted_on"),
            *("was_accepted_silently", "missing", "was_asked_to_complete", "examined_by_id"),
            *("was_extended", "extension_reason", "waive_reason", "reason"),
            *("deposited_on", "certified_by_id", "joined_by_id", "joined_at"),
        ],
        CLOCK: [
            *("reply_due_on", "supplement_due_on", "decision_due_on", "decision_days_left"),
            *("notice_from", "notice_until", "notice_days_left", "provisional", "reminded_of"),
        ],
    },
)
freeze(ClaimedRight)
freeze(Evidence)
