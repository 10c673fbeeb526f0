"""Versions that went out, the people they are about, and copies for one recipient."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.preparation.run.models import Run
from marketplace.vault.models import StoredFile

# Whose rows went out: sketches of the people of sources, and what was tried together.


class PeopleKey(Record):
    """The key of an organization's sketches, wrapped; the row is locked to let a version out.

    One key an organization: its datasets can be compared with each other and with no other's.
    """

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="people_key")
    wrapped_key = models.BinaryField()

    class Meta:
        verbose_name = _("key of sketches")
        verbose_name_plural = _("keys of sketches")

    def __str__(self) -> str:
        return str(self.organization_id)


class PeopleSketch(Record):
    """Keyed digests of a few cells of a source, to know its people again in another one.

    `content` is that of `desensitize.attacks.people.Sketch`, `person` the column that told persons
    apart when it was made. `others` are the sketches of sources that share people with it.
    """

    version = models.OneToOneField(DatasetVersion, models.PROTECT, related_name="people_sketch")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="people_sketches")
    content = models.BinaryField()
    person = models.CharField(_("column of persons"), max_length=200, blank=True)
    others = models.ManyToManyField("self", verbose_name=_("about the same people"))

    class Meta:
        verbose_name = _("sketch of people")
        verbose_name_plural = _("sketches of people")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.version)


class PeopleComparison(Record):
    """What all rows of two sources say of whether somebody stands in both.

    It is asked where sketches, which hold a part of the rows, leave it open. `sha256` and
    `other_sha256` are the digests of what was compared: the sources themselves, or, where the
    centre made one of another version (`origin`), the source of that. `kinds` are the numbers of
    persons that both have and none of which is common; with none, nothing is shown.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="people_comparisons")
    other = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="later_comparisons")
    origin = models.ForeignKey(Origin, models.PROTECT, null=True, related_name="+")
    other_origin = models.ForeignKey(Origin, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    other_sha256 = models.CharField(_("SHA-256 of the other"), max_length=64)
    kinds = models.JSONField(_("kinds of numbers"), default=list)
    are_apart = models.BooleanField(_("nobody stands in both"))
    run = models.ForeignKey(Run, models.PROTECT, related_name="people_comparisons")

    class Meta:
        verbose_name = _("sources compared")
        verbose_name_plural = _("sources compared")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version} + {self.other}"


class PublishedVersion(Record):
    """A masked version whose rows were let out to the market; what is out stays out."""

    version = models.OneToOneField(DatasetVersion, models.PROTECT, related_name="publication")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="published_versions"
    )

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.version)


class Composition(Record):
    """What an attacker reached who holds a masked version and an earlier one of the same people.

    `attack` is a `desensitize.attacks.Attack` as plain values; the newest of a pair counts.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="compositions")
    earlier = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="later_compositions")
    run = models.ForeignKey(Run, models.PROTECT, related_name="compositions")
    attack = models.JSONField(_("attack"))
    passed = models.BooleanField(_("passed"))

    class Meta:
        verbose_name = _("releases tried together")
        verbose_name_plural = _("releases tried together")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version} + {self.earlier}"


class RevisionCounts(Record):
    """What a masked version tells beyond the one before by the same policy, kept as counts.

    `file` is a `desensitize.revisions.Part` in one file, `before` the counts that it goes on from,
    None for the first. `recoding_sha256` is the digest of the labels in force, "" where none were
    searched. `waiting_rows` are not shown until enough like them come, `staying_rows` are still
    shown until enough like them are gone.
    """

    version = models.OneToOneField(DatasetVersion, models.PROTECT, related_name="revision_counts")
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="revision_counts")
    recoding_sha256 = models.CharField(_("digest of the labels"), max_length=64, blank=True)
    waiting_rows = models.BigIntegerField(_("rows that wait"), default=0)
    staying_rows = models.BigIntegerField(_("rows that stay"), default=0)

    class Meta:
        verbose_name = _("counts of a revision")
        verbose_name_plural = _("counts of revisions")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.version)


# Copies of a masked version for one recipient each.


class Copy(Record):
    """A part of a masked version, or all of it, that a run writes for one recipient and measures.

    `asked_for` is the one thing that needs it, written `kind:id`, with `:number` where it needs
    several. `projection` says which columns
    and rows, as `catalog.version.projections` reads it; `is_marked` asks for pseudonyms that no
    other recipient has. The rest is empty until the run is done: what was measured on the written
    file, whose digest is `sha256`, and the file itself where it passed.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="copy")
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="copies")
    asked_for = models.CharField(_("asked for"), max_length=80, unique=True)
    projection = models.JSONField(_("columns and rows"), default=dict)
    is_marked = models.BooleanField(_("marked for its recipient"), default=False)
    marked_columns = models.JSONField(_("marked columns"), default=list)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="copy")
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    rows = models.BigIntegerField(_("rows"), null=True)
    figures = models.JSONField(_("figures"), default=dict)
    thresholds = models.JSONField(_("thresholds"), default=dict)
    failures = models.JSONField(_("failures"), default=list)
    passed = models.BooleanField(_("passed"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    credential = models.OneToOneField(Credential, models.PROTECT, null=True, related_name="copy")

    class Meta:
        verbose_name = _("copy for a recipient")
        verbose_name_plural = _("copies for recipients")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="preparation_copy_kept_where_passed",
                condition=models.Q(passed=True, file__isnull=False, failures=[])
                | (models.Q(file=None) & (models.Q(passed=None) | models.Q(passed=False))),
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def subject(self) -> str:
        """Return the thing that needs it, as the ledger names it."""
        return ":".join(self.asked_for.split(":")[:2])
