"""Keep what annotators say of items: called by their acts, in their transactions."""

import hashlib
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.utils.translation import gettext as _

from marketplace.annotation.batch.events import LabelGiven
from marketplace.annotation.batch.models import ItemLook, Label, Task
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.project.reading import Cell, cells_of, texts_of
from marketplace.annotation.project.scheme import checked_answer
from marketplace.core import Actor, Invalid, clock, longest_of
from marketplace.core.arguments import Reason
from marketplace.ledger.services.recording import record

LONGEST_SECONDS = 86_400


@dataclass(frozen=True)
class ShownItem:
    task: Task
    cells: tuple[Cell, ...]


def keep_label(
    task: Task, kept: dict[str, Any] | None, reason: str, *, seconds: int, by: Actor
) -> None:
    """Keep what is said of an item now; what was said before stays beside it."""
    task.answer, task.skipped = kept, reason
    task.save(update_fields=["answer", "skipped"])
    Label.objects.create(
        task=task,
        number=Label.objects.filter(task=task).count() + 1,
        answer=kept,
        skipped=reason,
        seconds=seconds,
    )
    record(
        LabelGiven(
            subject=f"task:{task.pk}",
            about=(f"batch:{task.batch_id}",),
            answer_sha256=digest_of([kept, reason]),
            is_skipped=kept is None,
        ),
        by=by,
    )


def checked(task: Task, answer: Answer | None, skipped: str) -> tuple[dict[str, Any] | None, str]:
    """Return the answer as it is kept and why the item is skipped, one of both.

    Raises:
        Invalid: as for `label_item`.
    """
    if answer is None:
        longest = longest_of(Task, "skipped")
        return None, Reason(longest=longest).given(skipped, field="skipped")
    if skipped:
        sentence = _("Label the item or skip it, not both.")
        raise Invalid(sentence, fields={"skipped": [sentence]})
    project = task.batch.annotator.project
    texts = texts_of(cells_of(project, task.item.row)) if project.scheme.kind.needs_texts else {}
    return checked_answer(project.scheme, answer, texts).as_json(), ""


def seconds_since(task: Task) -> int:
    """Return how long ago an item was shown last.

    Raises:
        Invalid: it was not looked at (`item-not-seen`).
    """
    looks = ItemLook.objects.filter(task=task).order_by("-created_at")
    shown_at = looks.values_list("created_at", flat=True).first()
    if shown_at is None:
        raise Invalid(_("Look at the item before you label it."), code="item-not-seen")
    seconds = int((clock.now() - shown_at).total_seconds())
    return max(0, min(seconds, LONGEST_SECONDS))


def digest_of(held: object) -> str:
    """Return the SHA-256 of what was said."""
    return hashlib.sha256(rfc8785.dumps(held)).hexdigest()  # type: ignore[arg-type]
