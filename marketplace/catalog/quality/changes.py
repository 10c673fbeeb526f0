"""What setting rules and approving them share: called in the transaction of such an act."""

from collections.abc import Sequence

from desensitize.quality import Rule, Severity
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


def promise_less(rules: Sequence[Rule], before: Sequence[Rule]) -> bool:
    """Return whether rules let pass what those before do not, or only warn of what they hold.

    A rule that is worded otherwise is another one: nobody has to prove that it asks as much.
    """
    return not all(any(_asks_as_much(new, old) for new in rules) for old in before)


def _asks_as_much(new: Rule, old: Rule) -> bool:
    if new.key != old.key or (old.severity == Severity.BLOCKS != new.severity):
        return False
    if old.tolerance == new.tolerance:
        return True
    if new.tolerance.share is None and new.tolerance.count == 0:
        return True
    if (old.tolerance.share is None) != (new.tolerance.share is None):
        return False
    if old.tolerance.share is not None and new.tolerance.share is not None:
        return new.tolerance.share <= old.tolerance.share
    return new.tolerance.count <= old.tolerance.count
