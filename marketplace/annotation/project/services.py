"""Officers open, change, publish, pause and close labelling projects."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import rfc8785
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.project import rules
from marketplace.annotation.project.events import (
    GoldSet,
    GuidelineWritten,
    LabellingEdited,
    LabellingOpened,
    LabellingPaused,
    LabellingPublished,
)
from marketplace.annotation.project.laying_out import lay_out
from marketplace.annotation.project.models import (
    LONGEST_EXAMPLES,
    LONGEST_GUIDELINE,
    Guideline,
    Item,
    LabellingProject,
)
from marketplace.annotation.project.plans import LabellingPlan, checked
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.annotation.project.scheme import checked_answer
from marketplace.annotation.project.selectors import (
    guidelines_of,
    labellings_visible_to,
)
from marketplace.annotation.project.standing import hold_standing
from marketplace.annotation.project.states import PROJECT, ProjectState
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, Invalid, locked, text_digest
from marketplace.core.arguments import Text, Whole, refused
from marketplace.ledger.services.recording import record

GuidelineText = Annotated[
    str,
    Text(
        label=gettext_lazy("Guideline"),
        help=gettext_lazy("When an item is of which class, and what to do in doubt."),
        longest=LONGEST_GUIDELINE,
        lines=8,
    ),
]
Examples = Annotated[
    str,
    Text(
        label=gettext_lazy("Examples"),
        help=gettext_lazy("One a line: an invented item, its label, and why."),
        longest=LONGEST_EXAMPLES,
        lines=5,
    ),
]


@transaction.atomic
def open_labelling(version_id: UUID, *, plan: LabellingPlan, by: Actor) -> LabellingProject:
    """Open a labelling project over a masked version, as a draft that annotators do not see.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: the version is not masked, or verdict or right over it does not hold; the code
            says which.
        Invalid: a part of the plan cannot stand.
    """
    version = locked(versions_visible_to(by), pk=version_id)
    hold_standing(version)
    person_id = rules.check_open_labelling(version, by)
    admitted = checked(plan, version)
    project = LabellingProject.objects.create(
        version=version,
        organization_id=version.dataset.organization_id,
        opened_by_id=person_id,
        currency=settings.CENTRE["CURRENCY"],
        **plan.as_fields(),
    )
    project.admitted.set(admitted)
    record(
        LabellingOpened(subject=project.subject, about=project.concerns, sha256=version.sha256),
        by=by,
    )
    return project


@transaction.atomic
def edit_labelling(project_id: UUID, *, plan: LabellingPlan, by: Actor) -> LabellingProject:
    """Change the plan of a project that is a draft. The same plan again changes nothing.

    Gold items whose answers no longer fit the scheme are taken out.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: annotators see it already (`labelling-not-draft`).
        Invalid: a part of the plan cannot stand.
    """
    project = locked(labellings_visible_to(by), pk=project_id)
    rules.check_edit_labelling(project, by)
    admitted = checked(plan, project.version)
    fields = plan.as_fields()
    is_same = all(getattr(project, name) == value for name, value in fields.items())
    if is_same and {one.pk for one in admitted} == set(
        project.admitted.values_list("pk", flat=True)
    ):
        return project
    if (project.kind, project.classes) != (fields["kind"], fields["classes"]):
        Item.objects.filter(project=project).delete()
    for name, value in fields.items():
        setattr(project, name, value)
    project.save(update_fields=list(fields))
    project.admitted.set(admitted)
    record(
        LabellingEdited(
            subject=project.subject, about=project.concerns, plan_sha256=_digest(fields)
        ),
        by=by,
    )
    return project


@transaction.atomic
def write_guideline(
    project_id: UUID, *, text: GuidelineText, examples: Examples = "", by: Actor
) -> LabellingProject:
    """Write a new edition of a project's guideline; earlier ones stay. The same again is one.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: the project is closed.
        Invalid: there is no text, or a text is too long.
    """
    project = locked(labellings_visible_to(by), pk=project_id)
    person_id = rules.check_write_guideline(project, by)
    text, examples = text.strip(), examples.strip()
    fields = refused(write_guideline, text=text, examples=examples)
    if not text:
        fields["text"] = [_("Write 1 to %(most)d characters.") % {"most": LONGEST_GUIDELINE}]
    if fields:
        raise Invalid(_("The guideline needs corrections. See the fields."), fields=fields)
    newest = guidelines_of(project).first()
    if newest is not None and (newest.text, newest.examples) == (text, examples):
        return project
    guideline = Guideline.objects.create(
        project=project,
        number=newest.number + 1 if newest else 1,
        text=text,
        examples=examples,
        written_by_id=person_id,
    )
    record(
        GuidelineWritten(
            subject=project.subject,
            about=project.concerns,
            number=guideline.number,
            text_sha256=text_digest(text, examples),
        ),
        by=by,
    )
    return project


@transaction.atomic
def set_gold(
    project_id: UUID, *, row: Annotated[int, Whole(least=1)], answer: Answer, by: Actor
) -> LabellingProject:
    """Say what the right label of a row is, by which annotators are measured. Again replaces it.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: annotators see the project already (`labelling-not-draft`), or verdict or right
            over the version does not hold.
        Invalid: there is no such row, or the answer does not fit the scheme.
    """
    project = locked(labellings_visible_to(by), pk=project_id)
    hold_standing(project.version)
    rules.check_set_gold(project, by)
    if not 1 <= row <= project.version.rows:
        sentence = _("Give a row from 1 to %(most)d.") % {"most": project.version.rows}
        raise Invalid(sentence, fields={"row": [sentence]})
    texts = texts_of(cells_of(project, row))
    kept = checked_answer(project.scheme, answer, texts).as_json()
    item = Item.objects.filter(project=project, row=row, is_gone=False).first()
    if item is not None and item.gold == kept:
        return project
    if item is None:
        Item.objects.create(project=project, row=row, gold=kept)
    else:
        item.gold = kept
        item.save(update_fields=["gold"])
    record(
        GoldSet(
            subject=project.subject,
            about=project.concerns,
            row=row,
            answer_sha256=_digest(kept),
        ),
        by=by,
    )
    return project


@transaction.atomic
def publish_labelling(project_id: UUID, *, by: Actor) -> LabellingProject:
    """Open a project to the annotators of the admitted organizations, or open it again.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: it is open or closed, verdict or right over its version does not hold, it has
            no guideline (`guideline-missing`), or too few gold items (`gold-missing`).
    """
    project = locked(labellings_visible_to(by), pk=project_id)
    hold_standing(project.version)
    rules.check_publish_labelling(project, by)
    if project.state == ProjectState.DRAFT:
        lay_out(project)
    PROJECT.move(project, ProjectState.PUBLISHED)
    project.save(update_fields=["state"])
    record(
        LabellingPublished(subject=project.subject, about=project.concerns, items=project.rows),
        by=by,
    )
    return project


@transaction.atomic
def pause_labelling(project_id: UUID, *, by: Actor) -> LabellingProject:
    """Let nobody label in a project until it is opened again.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: it is not open for labelling.
    """
    project = locked(labellings_visible_to(by), pk=project_id)
    rules.check_pause_labelling(project, by)
    PROJECT.move(project, ProjectState.PAUSED)
    project.save(update_fields=["state"])
    record(LabellingPaused(subject=project.subject, about=project.concerns), by=by)
    return project


def _digest(held: Mapping[str, Any]) -> str:
    return hashlib.sha256(
        rfc8785.dumps({name: str(value) for name, value in held.items()})
    ).hexdigest()
