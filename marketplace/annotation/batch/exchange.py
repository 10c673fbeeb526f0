"""A batch as a file of Label Studio's, and labels that come back in one.

What comes back are labels of the annotator whose batch it is, by the rules of the project: of its
items alone, on the texts that they were shown, by one person and by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation import formats
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.formats.label_studio import labelling_config, read_tasks, write_items
from marketplace.annotation.formats.packing import packed
from marketplace.annotation.kinds.kind import Answer, Scheme, Whole
from marketplace.annotation.project.reading import cells_of_rows, texts_of, whole_text
from marketplace.annotation.project.scheme import checked_answer
from marketplace.annotation.project.selectors import guideline_in_force
from marketplace.core import Invalid

OF_A_SERVER = "account-"
"""How the reader of tasks names an account of the server that wrote them."""
MOST_TASKS = 100
"""No batch has more items."""
UNREADABLE = gettext_lazy(
    "Task %(task)s of the file is none that Label Studio exports for this project. Export it as "
    "JSON from a project that has the configuration of the batch."
)


@dataclass(frozen=True)
class TakenLabel:
    """What a file says of an item of a batch, and how long it took there."""

    task: Task
    answer: Answer
    seconds: float | None


def file_of(batch: Batch, tasks: Sequence[Task]) -> bytes:
    """Return the items of a batch and the configuration of a project that labels them, as a ZIP.

    Raises:
        WrongState: the file of the version was removed or is damaged.
    """
    project = batch.annotator.project
    guideline = guideline_in_force(project)
    cells = cells_of_rows(project, [task.item.row for task in tasks])
    items = [
        formats.Item(str(task.pk), whole_text(each).text)
        for task, each in zip(tasks, cells, strict=True)
    ]
    scheme = replace(project.scheme, guideline=guideline.text if guideline else "")
    return packed(
        {"tasks.json": write_items(items), "config.xml": labelling_config(scheme).encode()}
    )


def labels_of(batch: Batch, tasks: Sequence[Task], sent: Sequence[object]) -> list[TakenLabel]:
    """Return the labels that a file has for the items of a batch; what it skips is left out.

    Raises:
        Invalid: a task cannot be read (`bad-task`), is of no item of this batch or stands twice
            (`item-of-another`), shows another text (`text-differs`), has labels of several people
            or names another annotator (`label-of-another`), or one that a model made
            (`label-by-machine`); or a label does not fit the scheme (`label-does-not-fit`).
    """
    project = batch.annotator.project
    try:
        read = read_tasks(list(sent), project.scheme)
    except formats.FormatError as error:
        _refuse("bad-task", str(UNREADABLE) % {"task": error.parameters["item"]}, error)
    known = {str(task.pk): task for task in tasks}
    shown = cells_of_rows(project, [task.item.row for task in tasks])
    cells = {str(task.pk): each for task, each in zip(tasks, shown, strict=True)}
    people: set[str] = set()
    found = []
    for place, item in enumerate(read, start=1):
        task = known.pop(item.item_id, None)
        if task is None:
            sentence = _("Task %(task)d of the file is of no item of this batch, or stands twice.")
            _refuse("item-of-another", sentence % {"task": place})
        label = _own_label(item, place)
        if label is None:
            continue
        people.add(label.annotator)
        whole = whole_text(cells[item.item_id])
        if item.text != whole.text:
            sentence = _("Task %(task)d of the file shows another text than the item has.")
            _refuse("text-differs", sentence % {"task": place})
        texts = texts_of(cells[item.item_id])
        said = _said(project.scheme, label.value, whole, texts, place)
        answer = checked_answer(project.scheme, said, texts)
        found.append(TakenLabel(task, answer, label.seconds))
    named = {one for one in people if not one.startswith(OF_A_SERVER)}
    if len(people) > 1 or not named <= {batch.annotator.pseudonym}:
        _refuse(
            "label-of-another",
            _("The file has labels of several people, or of another one. Hand in your own alone."),
        )
    return found


def _said(
    scheme: Scheme, told: Answer, whole: Whole, texts: Mapping[str, str], place: int
) -> Answer:
    """Return what a file says of an item.

    Raises:
        Invalid: corrections are no object of texts by column.
    """
    try:
        return scheme.kind.answer_of_file(told, whole, texts)
    except ValueError as error:
        sentence = _("The corrections of task %(task)d are no JSON object of texts by column.")
        _refuse("label-does-not-fit", sentence % {"task": place}, error)


def _own_label(item: formats.Item, place: int) -> formats.Label | None:
    """Return the one label that a person gave an item.

    Raises:
        Invalid: there are several, or a model made it.
    """
    given = [one for one in item.labels if not one.is_prediction]
    if len(given) > 1 or item.accepted is not None:
        sentence = _("Task %(task)d of the file has several labels. Leave one, your own.")
        _refuse("label-of-another", sentence % {"task": place})
    if given and given[0].method != formats.Method.MANUAL:
        sentence = _("The label of task %(task)d was made by a model. Items are labelled by hand.")
        _refuse("label-by-machine", sentence % {"task": place})
    return given[0] if given else None


def _refuse(code: str, sentence: str, cause: Exception | None = None) -> NoReturn:
    raise Invalid(sentence, code=code, fields={"tasks": [sentence]}) from cause
