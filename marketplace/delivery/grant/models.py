"""Grants and what was downloaded under them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import append_only
from marketplace.core.frozen import BY_DIGEST, STEP, freeze
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.delivery.grant.states import GrantState
from marketplace.ledger.binding import BoundRow, bind
from marketplace.preparation.release.models import Copy
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.mode.base import Mode
from marketplace.trading.listings.mode.modes import MODES
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.orders.order.models import Order

# Grants of access, and each time one was used.


class Grant(BoundRow, Record):
    """The buyer's access to what an order is for. `sha256` is that of the bytes to deliver.

    `projection` says which columns and rows of them are the buyer's; empty are all. Revision,
    version, copy, digest and size are of the revision that it gives now; `given` holds all that it
    gave.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="grant")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="grants", verbose_name=_("buyer")
    )
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="grants")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="grants")
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
    is_end_told = models.BooleanField(_("both sides know that it ends"), default=False)
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

    @property
    def delivery(self) -> Mode:
        return MODES[self.mode]


class GivenRevision(Record):
    """A revision that a grant gave from a moment on, with the bytes that are the buyer's.

    `sha256` and `size` are of the version's file, or of the copy that was written for the buyer.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="given")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="given")
    copy = models.OneToOneField(
        Copy, models.PROTECT, null=True, related_name="given", verbose_name=_("copy")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.BigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("revision of a grant")
        verbose_name_plural = _("revisions of grants")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "revision"],
                name="delivery_revision_given_once",
                violation_error_message=_("The grant gives this revision already."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.revision.number} {self.sha256[:12]}"


append_only.register("delivery_givenrevision", key=["id", "grant_id,revision_id", "copy_id"])


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


freeze(
    Grant,
    {
        BY_DIGEST: [
            *("revision_id", "version_id", "copy_id", "sha256", "size", "projection"),
            *("expires_at", "reason"),
        ],
        STEP: ["state"],
        "whether its end was told: the buyer is told again, or not": ["is_end_told"],
        "what acknowledges the delivery: the credential is bound, and names the grant": [
            "certificate_id"
        ],
    },
)
bind(Grant, "grant")
