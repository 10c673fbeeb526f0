"""What the parties to an objection show."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.objection.events import ExhibitAttached
from marketplace.rights.objection.models import Exhibit
from marketplace.rights.objection.rules import check_attach_exhibit
from marketplace.rights.objection.selectors import exhibits_of, objections_visible_to
from marketplace.vault.models import Purpose
from marketplace.vault.uploads import EncryptedUpload, keep_upload

MOST_FILES = 20
LONGEST_TITLE = 120


@transaction.atomic
def attach_exhibit(
    objection_id: UUID, *, upload: EncryptedUpload, title: str = "", by: Actor
) -> Exhibit:
    """Add a file to an objection, for either party. The same file again changes nothing.

    Raises:
        NotFound: there is no such objection among those the actor may see.
        NotAllowed: the actor acts for neither party.
        WrongState: the objection is decided or has lapsed.
        Invalid: the file is empty or too large, or there are too many.
    """
    objection = locked(objections_visible_to(by), pk=objection_id)
    organization_id = check_attach_exhibit(objection, by)
    incoming = upload.received()
    if incoming.size == 0:
        sentence = _("The file is empty. Choose the file that shows it.")
        raise Invalid(sentence, code="evidence-empty", fields={"upload": [sentence]})
    shown = [each for each in exhibits_of(objection) if each.organization_id == organization_id]
    for exhibit in shown:
        if exhibit.file.sha256 == incoming.sha256:
            return exhibit
    if len(shown) >= MOST_FILES:
        sentence = _("Each party can add up to %(most)d files. Join some of them.") % {
            "most": MOST_FILES
        }
        raise Invalid(sentence, code="evidence-too-many", fields={"upload": [sentence]})
    file = keep_upload(upload, purpose=Purpose.EVIDENCE, organization_id=organization_id, by=by)
    exhibit = Exhibit.objects.create(
        objection=objection,
        organization_id=organization_id,
        title=(title.strip() or file.name)[:LONGEST_TITLE],
        file=file,
    )
    record(
        ExhibitAttached(
            subject=f"objection:{objection.pk}",
            about=(f"file:{file.pk}", *concerns(objection.claim)),
            sha256=file.sha256,
        ),
        by=by,
    )
    return exhibit
