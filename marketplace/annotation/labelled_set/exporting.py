"""A labelled set as other programs read it: what was said of each item, by whom, and what counts.

Annotators stand under their pseudonyms. Labels and decisions are those of the time at which the set
was made: what was accepted or decided later is not in it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from marketplace.annotation import formats
from marketplace.annotation.acceptance.models import Inspection
from marketplace.annotation.agreement.alpha import SENTENCES
from marketplace.annotation.arbitration.models import Arbitration
from marketplace.annotation.batch.models import Label, Task, pseudonym_of
from marketplace.annotation.kinds.kind import Answer, Scheme
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.reading import cells_of_rows, whole_text
from marketplace.annotation.project.selectors import gold_of, guidelines_of
from marketplace.annotation.project.standing import right_to_use
from marketplace.annotation.quality.selectors import quality_of
from marketplace.preparation.report.selectors import report_of


def told_of(made: LabelledSet) -> formats.LabelledSet:
    """Return a labelled set with all that others need to know of it.

    Raises:
        WrongState: the file of the masked version was removed or is damaged.
    """
    project, dataset = made.project, made.version.dataset
    source = project.version.described
    certificate, report = right_to_use(project.version), report_of(project.version_id)
    number = certificate.number if certificate else ""
    until = report.valid_until.isoformat() if report else ""
    return formats.LabelledSet(
        title=dataset.title,
        description=dataset.abstract,
        version=str(made.version.number),
        license=f"© {project.organization.name} · {number}",
        source=source.title,
        source_details=source.source_description or source.abstract,
        scheme=_scheme(project, made.created_at),
        items=tuple(_items(made)),
        created_at=project.created_at,
        modified_at=made.created_at,
        creator=project.organization.name,
        agreement=_agreement(project),
        protocol=_protocol(project),
        limits=(
            f"{made.items} of the {project.rows} rows that were to be labelled have an accepted "
            "label; what was skipped or unfinished is left out.",
        ),
        personal=f"Desensitized before anybody labelled it, under a risk report until {until}.",
        keywords=(source.theme,),
    )


def keys_of(project: LabellingProject, told: formats.LabelledSet, column: str) -> dict[str, str]:
    """Return by the name of each item of a set what stands in one of its columns."""
    names = [one.item_id for one in told.items]
    items = Item.objects.filter(project=project, is_gone=False)
    rows = dict(items.values_list("pk", "row"))
    cells = cells_of_rows(project, [rows[UUID(name)] for name in names])
    return {
        name: next(cell.text for cell in each if cell.column == column)
        for name, each in zip(names, cells, strict=True)
    }


def _scheme(project: LabellingProject, until: datetime) -> Scheme:
    edition = guidelines_of(project).filter(created_at__lte=until).first()
    return replace(
        project.scheme,
        guideline=edition.text if edition else "",
        version=str(edition.number) if edition else "1",
    )


def _agreement(project: LabellingProject) -> formats.Agreement:
    whole = quality_of(project).whole
    undefined = SENTENCES[whole.undefined] if whole.undefined is not None else ""
    return formats.Agreement(whole.alpha, whole.low, whole.high, whole.items, undefined)


def _protocol(project: LabellingProject) -> str:
    gold = gold_of(project).count()
    return (
        f"Of the items {project.overlap_percent} % were labelled by {project.overlap_count} "
        "annotators who did not know of one another, the others by one. Annotators qualified on "
        f"items whose right label was known, and were measured by more of them: those {gold} items "
        "have the label that the owner gave them, and none of an annotator. Batches were "
        f"accepted by samples (GB/T 2828.1-2012, limit {project.quality_limit}); where annotators "
        "disagreed a second person decided."
    )


@dataclass
class _Said:
    """What one annotator said of an item."""

    annotator: str
    answer: dict[str, Any]
    made_at: datetime
    seconds: float | None


def _items(made: LabelledSet) -> Iterator[formats.Item]:
    project = made.project
    said = _said(made)
    decided = {
        item_id: (answer, when)
        for item_id, answer, when in Arbitration.objects.filter(
            item__project=project, created_at__lte=made.created_at
        ).values_list("item_id", "answer", "created_at")
    }
    rows = Item.objects.filter(project=project, is_gone=False, pk__in=said).order_by("row")
    known = [
        (item_id, row, final)
        for item_id, row, needed in rows.values_list("pk", "row", "needed")
        if len(said[item_id]) >= needed
        and (final := _final(said[item_id], decided.get(item_id))) is not None
    ]
    known += [
        (item.pk, item.row, (item.gold or {}, item.created_at))
        for item in gold_of(project).filter(created_at__lte=made.created_at)
    ]
    known.sort(key=lambda one: one[1])
    texts = cells_of_rows(project, [row for _item, row, _final in known])
    kind = project.scheme.kind
    for (item_id, _row, (answer, when)), cells in zip(known, texts, strict=True):
        whole = whole_text(cells)
        yield formats.Item(
            item_id=str(item_id),
            text=whole.text,
            labels=tuple(
                formats.Label(
                    one.annotator,
                    kind.answer_for_file(Answer.from_json(one.answer), whole),
                    one.made_at,
                    seconds=one.seconds,
                )
                for one in said.get(item_id, ())
            ),
            accepted=kind.answer_for_file(Answer.from_json(answer), whole),
            accepted_at=when,
        )


def _said(made: LabelledSet) -> dict[UUID, list[_Said]]:
    """Return what was said of each item in the batches that were accepted when the set was made."""
    accepted = Inspection.objects.filter(
        batch__annotator__project=made.project, is_accepted=True, created_at__lte=made.created_at
    )
    tasks = Task.objects.filter(
        batch__in=accepted.values("batch_id"),
        item__gold__isnull=True,
        item__is_gone=False,
        answer__isnull=False,
    )
    times = {
        task_id: (when, seconds)
        for task_id, when, seconds in Label.objects.filter(task__in=tasks.values("pk"))
        .order_by("number")
        .values_list("task_id", "created_at", "seconds")
    }
    names = {
        pk: pseudonym_of(number)
        for pk, number in made.project.annotators.values_list("pk", "number")
    }
    found: dict[UUID, list[_Said]] = defaultdict(list)
    rows = tasks.order_by("annotator__number").values_list(
        "pk", "item_id", "annotator_id", "answer"
    )
    for pk, item_id, annotator_id, answer in rows:
        when, seconds = times[pk]
        found[item_id].append(_Said(names[annotator_id], answer or {}, when, float(seconds)))
    return found


def _final(
    said: list[_Said], decided: tuple[dict[str, Any], datetime] | None
) -> tuple[dict[str, Any], datetime] | None:
    """Return what counts and since when; None while annotators disagree."""
    if decided is not None:
        return decided
    if any(one.answer != said[0].answer for one in said):
        return None
    return said[0].answer, max(one.made_at for one in said)
