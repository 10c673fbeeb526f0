"""What a person asked, of which data, and how far it is. Who the person is stands in the vault."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.core.frozen import CLOCK, STEP, freeze
from marketplace.core.records import Record
from marketplace.core.terms import HasTerms
from marketplace.trading.orders.person_request.choices import PersonRequestKind
from marketplace.trading.orders.person_request.states import PersonRequestState
from marketplace.vault.models import StoredFile


class PersonRequest(HasTerms, Record):
    """A person asks what is held about them in a dataset, objects, or withdraws consent.

    `reference` is drawn at random; whoever has it reads how far it is. Of who the person is the
    database holds `codes` alone (`desensitize.persons`, under a key of the dataset); what they
    wrote is `identity`, an encrypted file that is destroyed where the request ends. `found` has for
    each source version its id, its number, and how many rows have a code, None where it could not
    be read; `copy` is what an answer holds of the rows. `due_on` is the last day of the present
    step, `reminded` how often somebody was reminded of it.
    """

    reference = models.CharField(_("reference"), max_length=25, unique=True)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="person_requests")
    kind = models.CharField(_("what is asked"), max_length=10, choices=PersonRequestKind)
    state = models.CharField(
        _("state"), max_length=9, choices=PersonRequestState, default=PersonRequestState.RECEIVED
    )
    codes = models.JSONField(_("keyed codes"), default=list)
    identity = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    is_through_officer = models.BooleanField(_("recorded by an officer"), default=False)
    how_proved = models.CharField(_("how the identity was proved"), max_length=200, blank=True)
    proved_by_id = models.UUIDField(_("proved before"), null=True)
    proved_at = models.DateTimeField(_("proved at"), null=True)
    found = models.JSONField(_("where rows were found"), default=list)
    searched_at = models.DateTimeField(_("searched at"), null=True)
    copy = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reasons"), max_length=1000, blank=True)
    decided_by_id = models.UUIDField(_("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    confirmed_by_id = models.UUIDField(_("confirmed by"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    due_on = models.DateField(_("last day"), null=True)
    reminded = models.PositiveSmallIntegerField(_("reminders"), default=0)
    destroyed_at = models.DateTimeField(_("identity destroyed at"), null=True)

    class Meta:
        verbose_name = _("request of a person")
        verbose_name_plural = _("requests of persons")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="orders_person_request_four_eyes",
                condition=models.Q(confirmed_by_id=None)
                | (
                    models.Q(decided_by_id__isnull=False)
                    & ~models.Q(confirmed_by_id=models.F("decided_by_id"))
                ),
                violation_error_message=_("Who granted it does not confirm it."),
            ),
            models.CheckConstraint(
                name="orders_person_request_refused_with_reason",
                condition=~models.Q(
                    state__in=[PersonRequestState.REFUSED, PersonRequestState.UNPROVEN]
                )
                | ~models.Q(reason=""),
                violation_error_message=_("A refusal has its reasons."),
            ),
            models.CheckConstraint(
                name="orders_person_request_proved_before",
                condition=models.Q(
                    state__in=[PersonRequestState.RECEIVED, PersonRequestState.UNPROVEN]
                )
                | models.Q(proved_by_id__isnull=False, proved_at__isnull=False),
                violation_error_message=_("Nothing is told or done before the identity is proved."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> str:
        """Return it as a subject of the ledger."""
        return f"person_request:{self.pk}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns."""
        return (f"dataset:{self.dataset_id}", f"organization:{self.dataset.organization_id}")

    @property
    def rows_found(self) -> int:
        """Return how many rows of source versions have one of the codes."""
        return sum(one["rows"] or 0 for one in self.found)

    @property
    def is_removal(self) -> bool:
        """Return whether rows are to leave."""
        return self.kind != PersonRequestKind.ACCESS


freeze(
    PersonRequest,
    {
        STEP: [
            *("state", "codes", "identity_id", "is_through_officer"),
            *("how_proved", "proved_by_id", "proved_at", "found", "searched_at", "copy_id"),
            *("reason", "decided_by_id", "decided_at", "confirmed_by_id", "confirmed_at"),
            "destroyed_at",
        ],
        CLOCK: ["due_on", "provisional", "reminded"],
    },
)
