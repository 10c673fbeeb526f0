"""Files that are encrypted at rest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api
from marketplace.core.records import Record


@named_in_api("VaultPurpose")
class Purpose(models.TextChoices):
    SOURCE = "source", _("Source data")
    MASKED = "masked", _("Masked data")
    PART = "part", _("Part of data on its way")
    EVIDENCE = "evidence", _("Evidence")
    DOCUMENT = "document", _("Document")
    IDENTITY = "identity", _("Identity of a person who asks")
    COUNTS = "counts", _("Counts of revisions")
    MODEL = "model", _("Trained model")
    MEASURING = "measuring", _("Rows of a buyer to measure with")


class StoredFile(Record):
    """A file in the vault. `size` and `sha256` are those of the plaintext.

    `wrapped_key` is the file's own key, wrapped by the centre's key-encryption key; it is emptied
    when the file is removed, so that no backup of the bytes can be read either.
    """

    organization_id = models.UUIDField(_("organization"), db_index=True)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("content type"), max_length=120)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    chunk_bytes = models.PositiveIntegerField(_("bytes a chunk"))
    wrapped_key = models.BinaryField()
    path = models.CharField(_("place in the vault"), max_length=80, unique=True)
    removed_at = models.DateTimeField(_("removed at"), null=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.sha256[:12]}"
