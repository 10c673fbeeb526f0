"""What setting rules and approving them share: called in the transaction of such an act."""

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.quality.events import PromisesWeakened
from marketplace.catalog.quality.models import QualityRules
from marketplace.catalog.quality.selectors import rules_in_force
from marketplace.catalog.version.models import Quality
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Actor
from marketplace.ledger.services.recording import record


def ask_newest(dataset: Dataset) -> None:
    """Let the newest version of a dataset wait for what rules find of it."""
    newest = latest_source_version(dataset)
    if newest is not None and newest.raw_destroyed_at is None and newest.quality != Quality.HELD:
        newest.quality = Quality.WAITING
        newest.save(update_fields=["quality"])


def follow_approval(dataset: Dataset, *, before: QualityRules | None, by: Actor) -> None:
    """Let rules that were approved with the content count in place of those before."""
    now = rules_in_force(dataset)
    if before is None or now is None or now == before:
        return
    ask_newest(dataset)
    record(
        PromisesWeakened(
            subject=f"dataset:{dataset.pk}",
            about=concerns(dataset),
            number=now.number,
            number_before=before.number,
            rules_sha256=now.digest,
            rules_before_sha256=before.digest,
        ),
        by=by,
    )
