"""An officer lets a project go on over a version made anew."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.standing import hold_standing
from marketplace.annotation.renewal.events import LabellingRenewed
from marketplace.annotation.renewal.matching import places_in
from marketplace.annotation.renewal.rules import check_renew_labelling
from marketplace.annotation.renewal.selectors import items_of, versions_to_go_on_over
from marketplace.core import Actor, Invalid, locked
from marketplace.core.arguments import Key
from marketplace.ledger.services.recording import record

BEYOND_ALL = 1_000_000_000
AT_ONCE = 500
Version = Annotated[UUID, Key(label=gettext_lazy("Masked version"))]


@transaction.atomic
def renew_labelling(project_id: UUID, *, version: Version, by: Actor) -> LabellingProject:
    """Let a project go on over a version made anew, with the items that are found again in it.

    They are found by what annotators are shown. The others are gone: nobody is shown them, their
    labels leave every export and every set, and what was labelled of them is paid as before.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: its version stands, or a newer one mends nothing (`version-stands`); there is no
            version over which it can go on (`version-missing`); or a file was removed or is
            damaged.
        Invalid: it cannot go on over this version, or no item is found again in it
            (`nothing-found`).
    """
    project = locked(labellings_visible_to(by), pk=project_id)
    check_renew_labelling(project, by)
    offered = {one.pk: one for one in versions_to_go_on_over(project)}
    if version not in offered:
        sentence = _("Choose one of the versions that are offered.")
        raise Invalid(sentence, fields={"version": [sentence]})
    hold_standing(offered[version])
    check_renew_labelling(project, by)
    items = items_of(project)
    places = places_in(project, items, offered[version])
    if not places:
        sentence = _(
            "No item is found again in this version: the columns shown were prepared in another "
            "way. Desensitize the data by the same policy as before."
        )
        raise Invalid(sentence, code="nothing-found", fields={"version": [sentence]})
    project.version = offered[version]
    project.save(update_fields=["version"])
    _move(project, items, places)
    record(
        LabellingRenewed(
            subject=project.subject,
            about=project.concerns,
            sha256=project.version.sha256,
            kept=len(places),
            gone=len(items) - len(places),
        ),
        by=by,
    )
    return project


def _move(project: LabellingProject, items: Sequence[Item], places: Mapping[UUID, int]) -> None:
    """Give each item its row of the new version, or let it be gone."""
    # Out of the way first, since a row has one item at any time.
    Item.objects.filter(project=project, is_gone=False).update(row=F("row") + BEYOND_ALL)
    for item in items:
        item.is_gone = item.pk not in places
        item.row = places.get(item.pk, item.row)
    Item.objects.bulk_update(items, ["row", "is_gone"], batch_size=AT_ONCE)
