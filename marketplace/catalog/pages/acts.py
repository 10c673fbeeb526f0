"""The acts on a dataset, those of its review among them."""

from collections.abc import Mapping

from marketplace.catalog.approval.rules import check_decide_dataset, check_submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import (
    check_change_dataset,
    check_receive_data,
    check_reopen_dataset,
    check_retire_dataset,
)
from marketplace.core import Actor, Allowed, Rule, allowed

ACTS_ON_DATASET: Mapping[str, Rule[Dataset]] = {
    "revise_dataset": check_change_dataset,
    "grade_dataset": check_change_dataset,
    "receive_upload": check_receive_data,
    "register_source": check_receive_data,
    "submit_dataset": check_submit_dataset,
    "approve_dataset": check_decide_dataset,
    "return_dataset": check_decide_dataset,
    "reopen_dataset": check_reopen_dataset,
    "retire_dataset": check_retire_dataset,
}


def acts_on_dataset(dataset: Dataset, by: Actor, *names: str) -> Allowed:
    """Return which acts on a dataset are open to the actor: all of them, or those named."""
    rules = {name: ACTS_ON_DATASET[name] for name in names or ACTS_ON_DATASET}
    return allowed(rules, dataset, by)
