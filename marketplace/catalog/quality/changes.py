"""What setting rules and approving them share: called in the transaction of such an act."""

from collections.abc import Sequence

from desensitize.quality import Rule, Severity
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import Quality
from marketplace.catalog.version.selectors import latest_source_version


def ask_newest(dataset: Dataset) -> None:
    """Let the newest version of a dataset wait for what rules find of it."""
    newest = latest_source_version(dataset)
    if newest is not None and newest.raw_destroyed_at is None and newest.quality != Quality.HELD:
        newest.quality = Quality.WAITING
        newest.save(update_fields=["quality"])


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
