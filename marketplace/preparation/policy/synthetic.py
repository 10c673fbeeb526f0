"""Draw the synthetic copy that a policy asks for, charged to the dataset's privacy budget."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desensitize.policy import Policy
from desensitize.privacy.synthetic.by_policy import synthesize_by_policy


def drawing_again(policy: Policy) -> Callable[[Path, Path], object] | None:
    """Return how such a copy is made of other people for attackers to compare; None for masks.

    What is made there never leaves, so that nothing is spent.
    """
    if policy.synthetic is None:
        return None
    return partial(synthesize_by_policy, policy=policy)
