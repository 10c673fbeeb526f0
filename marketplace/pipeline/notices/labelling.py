"""What follows where people label records: to those who label, and to the owner of the data."""

from collections.abc import Callable, Iterable
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Person
from marketplace.accounts.roles import Role
from marketplace.annotation.acceptance.events import BatchInspected
from marketplace.annotation.acceptance.models import Inspection
from marketplace.annotation.arbitration.events import ItemArbitrated
from marketplace.annotation.arbitration.models import Arbitration
from marketplace.annotation.arbitration.selectors import disputed_of
from marketplace.annotation.batch.events import BatchCalledIn, BatchHandedIn
from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.selectors import batches_visible_to, is_labelled_whole
from marketplace.annotation.batch.states import BatchState
from marketplace.annotation.project.events import LabellingPublished
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.core import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import Group
from marketplace.notices.readers import Reader
from marketplace.pipeline.notices.audiences import at
from marketplace.pipeline.notices.row import Audience, Row
from marketplace.pipeline.things import PIPELINE, id_of, kind_of


def _batch_of(subject: str) -> Batch:
    return visible(batches_visible_to(PIPELINE), pk=id_of(subject))


def _project_at(entry: Entry) -> str:
    """Return the project that an entry is about, as a subject."""
    return str(next(one for one in (entry.subject, *entry.about) if kind_of(one) == "labelling"))


def _project_of(entry: Entry) -> LabellingProject:
    return visible(labellings_visible_to(PIPELINE), pk=id_of(_project_at(entry)))


def _admitted(entry: Entry, _subject: str) -> Iterable[Person]:
    admitted = _project_of(entry).admitted.values_list("pk", flat=True)
    return chain.from_iterable(at(pk, Role.ANNOTATOR) for pk in admitted)


def _annotator(entry: Entry, _subject: str) -> Iterable[Person]:
    annotator = _batch_of(entry.subject).annotator
    people = at(annotator.organization_id, Role.ANNOTATOR)
    return [person for person in people if person.pk == annotator.person_id]


def _officers(entry: Entry, _subject: str) -> Iterable[Person]:
    return at(_project_of(entry).organization_id, Role.OFFICER)


ADMITTED = Audience(frozenset({Reader.ANNOTATOR}), _admitted)
ANNOTATOR = Audience(frozenset({Reader.ANNOTATOR}), _annotator)
OFFICERS = Audience(frozenset({Reader.OFFICER}), _officers)


def _ended_as(outcome: BatchState) -> Callable[[Entry], bool]:
    """Return what tells whether an inspection ended so."""
    return lambda entry: bool(entry.payload["outcome"] == outcome)


def _waits_first(entry: Entry) -> bool:
    """Return whether a batch waits to be inspected, and no other one of its project does."""
    waiting = Batch.objects.filter(
        annotator__project=_project_of(entry), state=BatchState.HANDED_IN
    )
    return [batch.pk for batch in waiting[:2]] == [id_of(entry.subject)]


def _is_newest(entry: Entry) -> bool:
    """Return whether nothing was inspected or decided on in the project after this."""
    project = _project_of(entry)
    inspected = Inspection.objects.filter(batch__annotator__project=project)
    decided = Arbitration.objects.filter(item__project=project)
    ends = [
        *((one.created_at, f"batch:{one.batch_id}") for one in inspected),
        *((one.created_at, f"item:{one.item_id}") for one in decided),
    ]
    return bool(ends) and max(ends)[1] == entry.subject


def _is_whole(entry: Entry) -> bool:
    return _is_newest(entry) and is_labelled_whole(_project_of(entry))


def _disagrees_first(entry: Entry) -> bool:
    """Return whether annotators disagree, and about nothing else than what is in this batch."""
    if entry.payload["outcome"] != BatchState.ACCEPTED or not _is_newest(entry):
        return False
    waiting = {outcome.item.pk for outcome in disputed_of(_project_of(entry))}
    own = _batch_of(entry.subject).tasks.values_list("item_id", flat=True)
    return bool(waiting) and waiting <= set(own)


def _paid(entry: Entry) -> dict[str, str]:
    pay = _batch_of(entry.subject).pay
    return {"amount": f"{pay.amount:,.2f} {pay.currency}"}


def _work_page(entry: Entry) -> str:
    return reverse("labelling_work", args=[id_of(_project_at(entry))])


ROWS = (
    Row(
        name="labelling_open",
        facts=(LabellingPublished,),
        to=(ADMITTED,),
        label=_("Items to label"),
        title=_("“%(thing)s” is open to be labelled"),
        body=_("Read its guideline and take a batch of items, or go on with yours."),
        group=Group.LABELLING,
        page=_work_page,
    ),
    Row(
        name="batch_returned",
        facts=(BatchInspected,),
        when=_ended_as(BatchState.RETURNED),
        to=(ANNOTATOR,),
        group=Group.LABELLING,
        label=_("Batch of items returned"),
        title=_("A batch of “%(thing)s” came back to you"),
        body=_("Too many labels of its sample are wrong. Look at all items again, and hand it in."),
    ),
    Row(
        name="batch_accepted",
        facts=(BatchInspected,),
        when=_ended_as(BatchState.ACCEPTED),
        to=(ANNOTATOR,),
        group=Group.LABELLING,
        parameters=_paid,
        label=_("Batch of items accepted and paid"),
        title=_("A batch of “%(thing)s” is accepted: %(amount)s is paid"),
        body=_("Your organization is paid for its labelled items. Pay for labels has all of them."),
    ),
    Row(
        name="batch_refused",
        facts=(BatchInspected,),
        when=_ended_as(BatchState.REFUSED),
        to=(ANNOTATOR,),
        group=Group.LABELLING,
        label=_("Batch of items refused"),
        title=_("A batch of “%(thing)s” is refused for good"),
        body=_("It was not accepted for the third time, and is not paid. Its page has the places."),
    ),
    Row(
        name="batch_called_in",
        facts=(BatchCalledIn,),
        to=(ANNOTATOR,),
        label=_("Batch of items handed in as it is"),
        title=_("“%(thing)s” is being closed: your batch is handed in as it is"),
        body=_("What you labelled is inspected and paid like any batch."),
        group=Group.LABELLING,
    ),
    Row(
        name="batch_to_inspect",
        facts=(BatchHandedIn,),
        when=_waits_first,
        about=_project_at,
        to=(OFFICERS,),
        label=_("Batches of items to inspect"),
        title=_("A batch of “%(thing)s” waits to be inspected"),
        body=_("Look at its sample. Your desk has those that come after it."),
        group=Group.LABELLING,
    ),
    Row(
        name="items_disputed",
        facts=(BatchInspected,),
        when=_disagrees_first,
        about=_project_at,
        to=(OFFICERS,),
        label=_("Disagreements to decide"),
        title=_("Annotators of “%(thing)s” disagree about items"),
        body=_("Somebody who labelled none of them decides what they are."),
        group=Group.LABELLING,
    ),
    Row(
        name="labels_complete",
        facts=(BatchInspected, ItemArbitrated),
        when=_is_whole,
        about=_project_at,
        to=(OFFICERS,),
        label=_("Labelling is complete"),
        title=_("All items of “%(thing)s” are labelled and accepted"),
        body=_("Make the labelled set, and close the project: what is not spent goes back."),
        group=Group.LABELLING,
    ),
)
