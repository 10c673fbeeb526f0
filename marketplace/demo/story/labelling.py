"""Messages to the hotline are labelled: one project is over, and another is under way."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from itertools import count, islice
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.invitation.services import invite_person
from marketplace.annotation.acceptance.events import BatchInspected
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.arbitration.selectors import disputed_of
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.batch.events import BatchTaken
from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.services import take_batch
from marketplace.annotation.batch.states import BatchState
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.labelled_set.events import LabelledSetMade
from marketplace.annotation.labelled_set.services import make_labelled_set
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.project.events import LabellingPublished
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.plans import LabellingPlan
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.services import (
    open_labelling,
    publish_labelling,
    set_gold,
    write_guideline,
)
from marketplace.annotation.project.states import ProjectState
from marketplace.core import WrongState
from marketplace.demo.story.annotators import (
    CLASSES,
    Reader,
    first_of_two,
    label_batch,
    matters_of,
    second_of_two,
)
from marketplace.demo.story.cast import (
    ANNOTATOR,
    BUREAU_FINANCE,
    INSTITUTE,
    LABELLERS,
    OFFICER,
    RESEARCHER,
    SECOND_ANNOTATOR,
    THIRD_ANNOTATOR,
    Part,
)
from marketplace.demo.story.citizens import GOLD, HOTLINE, ITEMS, LABELLED, TRIED
from marketplace.demo.story.claiming import claiming
from marketplace.demo.story.findings import dataset_of, masked_of, organization_of
from marketplace.demo.story.opening import join, look_invited, look_joined
from marketplace.demo.story.preparing import preparing
from marketplace.demo.story.registering import registering
from marketplace.demo.story.shelving import shelving
from marketplace.demo.story.stage import CLOCKWORK, Stage, the
from marketplace.demo.story.telling import Done, Step, in_one, recorded

WHOLE: Final = "市民诉求按事项分类 What messages are about"
UNDER_WAY: Final = "市民诉求分类复核 Messages, sorted a second time"
PRICE: Final = Decimal("0.05")
READERS: Final[Mapping[Part, Reader]] = {
    ANNOTATOR: first_of_two,
    SECOND_ANNOTATOR: first_of_two,
    THIRD_ANNOTATOR: second_of_two,
}
"""How each reads what is of two matters: one differs from the others."""
GUIDELINE: Final = (
    "每条留言只选一类事项，以来电人最先提出的为准。"
    " One matter a message: the one that the caller names first."
)
EXAMPLES: Final = "楼上半夜跳绳：噪音扰民 Skipping at night upstairs: noise"


def labelling() -> tuple[Step, ...]:
    """Return the steps from messages to a labelled set on the market."""
    desensitized = [*registering(HOTLINE), *preparing(HOTLINE), *claiming(HOTLINE)]
    return (
        in_one(gettext_lazy("The hotline's messages are masked and certified"), desensitized),
        *(joining(part, OFFICER) for part in (BUREAU_FINANCE,)),
        *(joining(part, RESEARCHER) for part in LABELLERS),
        Step(
            gettext_lazy("The officer opens a labelling project, and money is set aside"),
            partial(_look_published, WHOLE),
            partial(_open, WHOLE, rows=GOLD + ITEMS, batch=100, overlap=20),
        ),
        Step(
            gettext_lazy("Three people label the messages, and are paid for what is accepted"),
            _look_labelled,
            _label_all,
        ),
        Step(
            gettext_lazy("The officer decides where they disagree, and makes the labelled set"),
            _look_made,
            _make,
        ),
        shelving(LABELLED),
        Step(
            gettext_lazy("Another project is under way: a batch is open, a disagreement waits"),
            _look_under_way,
            _go_on,
        ),
    )


def joining(part: Part, inviter: Part) -> Step:
    """Return the way of somebody into an organization as one step."""

    def invite(stage: Stage) -> None:
        invite_person(
            the(organization_of(part.house)).pk,
            email=part.email,
            roles=frozenset({part.role.value}),
            by=stage.actor(inviter),
        )

    steps = [
        Step("", partial(look_invited, part), invite),
        Step("", partial(look_joined, part), partial(join, part)),
    ]
    return in_one(format_lazy(gettext_lazy("{name} joins"), name=part.name), steps)


def project_of(title: str) -> LabellingProject | None:
    rows = labellings_visible_to(CLOCKWORK).filter(version__dataset=dataset_of(HOTLINE))
    return rows.filter(title=title).first()


def _look_published(title: str, stage: Stage) -> Done | None:
    project = project_of(title)
    if project is None:
        return None
    what = _("%(items)s items at %(price)s %(currency)s each") % {
        "items": project.rows,
        "price": project.price,
        "currency": project.currency,
    }
    return recorded(project.subject, LabellingPublished, what)


def _open(title: str, stage: Stage, *, rows: int, batch: int, overlap: int) -> None:
    by = stage.actor(OFFICER)
    project = project_of(title)
    if project is None:
        plan = LabellingPlan(
            title=title,
            kind="one",
            classes=CLASSES,
            columns=("message",),
            rows=rows,
            organizations=(the(organization_of(INSTITUTE)).pk,),
            overlap_percent=overlap,
            gold_percent=5,
            batch_size=batch,
            price=PRICE,
        )
        project = open_labelling(the(masked_of(HOTLINE)).pk, plan=plan, by=by)
    write_guideline(project.pk, text=GUIDELINE, examples=EXAMPLES, by=by)
    # By what is of one matter alone everybody qualifies.
    clear = (row for row in count(1) if len(matters_of(_text(project, row))) == 1)
    for row in islice(clear, GOLD):
        set_gold(project.pk, row=row, answer=_answer(project, row), by=by)
    fund_labelling(
        project.pk,
        amount=Decimal("50.00"),
        request_key=f"fund-{project.pk}",
        by=stage.actor(BUREAU_FINANCE),
    )
    publish_labelling(project.pk, by=by)


def _answer(project: LabellingProject, row: int) -> Answer:
    return Answer((first_of_two(_text(project, row)),))


def _text(project: LabellingProject, row: int) -> str:
    return texts_of(cells_of(project, row))["message"]


def _look_labelled(stage: Stage) -> Done | None:
    project = the(project_of(WHOLE))
    accepted = _batches(project, BatchState.ACCEPTED)
    is_over = project.state in (ProjectState.CLOSED, ProjectState.ENDING)
    if not accepted or _batches(project, BatchState.OPEN) or not (is_over or _is_whole(project)):
        return None
    what = _("%(count)d batches accepted by sample") % {"count": len(accepted)}
    return Done(what, f"batch:{accepted[-1].pk}", BatchInspected)


def _is_whole(project: LabellingProject) -> bool:
    return not project.items.filter(gold__isnull=True, taken__lt=1).exists()


def _label_all(stage: Stage) -> None:
    """Let everybody label in turns until nothing is left for them, and inspect each batch."""
    project, left = the(project_of(WHOLE)), list(READERS)
    while left:
        for part in list(left):
            try:
                _label_one(project, part, stage)
            except WrongState as refusal:
                if refusal.code != "nothing-to-label":
                    raise
                left.remove(part)
    _inspect_all(project, stage)


def _label_one(project: LabellingProject, part: Part, stage: Stage) -> None:
    actor = stage.actor(part)
    label_batch(take_batch(project.pk, by=actor), READERS[part], by=actor)


def _inspect_all(project: LabellingProject, stage: Stage) -> None:
    for batch in _batches(project, BatchState.HANDED_IN):
        inspect_batch(batch.pk, wrong=(), by=stage.actor(OFFICER))


def _batches(project: LabellingProject, state: BatchState) -> list[Batch]:
    rows = Batch.objects.filter(annotator__project=project, state=state)
    return list(rows.order_by("created_at"))


def _look_made(stage: Stage) -> Done | None:
    project = the(project_of(WHOLE))
    made = getattr(project, "labelled_set", None)
    if made is None:
        return None
    what = _("%(items)s labelled items for %(cost)s %(currency)s") % {
        "items": made.items,
        "cost": made.cost,
        "currency": project.currency,
    }
    return recorded(project.subject, LabelledSetMade, what)


def _make(stage: Stage) -> None:
    project, by = the(project_of(WHOLE)), stage.actor(OFFICER)
    for one in disputed_of(project):
        arbitrate_item(one.item.pk, answer=_answer(project, one.item.row), by=by)
    said = LABELLED.description
    make_labelled_set(project.pk, title=said.title, abstract=said.abstract, by=by)


def _look_under_way(stage: Stage) -> Done | None:
    project = project_of(UNDER_WAY)
    begun = _batches(project, BatchState.OPEN) if project is not None else []
    if project is None or not begun:
        return None
    what = _("%(count)d items disputed") % {"count": len(disputed_of(project))}
    return Done(what, f"batch:{begun[0].pk}", BatchTaken)


def _go_on(stage: Stage) -> None:
    """Let two people qualify and label the same batches, and one begin with the next."""
    if _look_published(UNDER_WAY, stage) is None:
        _open(UNDER_WAY, stage, rows=GOLD + TRIED, batch=20, overlap=100)
    project = the(project_of(UNDER_WAY))
    for part in (ANNOTATOR, THIRD_ANNOTATOR) * 2:
        _label_one(project, part, stage)
    _inspect_all(project, stage)
    take_batch(project.pk, by=stage.actor(ANNOTATOR))
