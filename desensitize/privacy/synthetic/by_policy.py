"""Make the synthetic copy that a policy asks for."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from desensitize.engines.codebook import EXPLAINED, Explained, explained_schema
from desensitize.engines.publication import published
from desensitize.engines.relay import write_parquet
from desensitize.errors import DesensitizeError
from desensitize.policy import Policy
from desensitize.privacy.differential import Budget, Contribution
from desensitize.privacy.synthetic.copying import SyntheticCopy, drawn_copy
from desensitize.privacy.synthetic.domains import read_domains


def synthesize_by_policy(
    source: Path,
    target: Path,
    policy: Policy,
    *,
    charge: Callable[[Budget], object] | None = None,
    explained: Explained = EXPLAINED,
) -> SyntheticCopy:
    """Write the rows that a policy asks to draw from a Parquet table; they carry its codebook.

    What the policy drops is left out, and so is the column of persons.

    Raises:
        DesensitizeError: `bad-policy` where no copy is asked for; or as `drawn_copy`.
        TableError: `write-failed`.
    """
    asked = policy.synthetic
    if asked is None:
        raise DesensitizeError("bad-policy", reason="it asks for no synthetic copy")
    table = pl.scan_parquet(source)
    policy.validate(table.collect_schema())
    frame, copy = drawn_copy(
        table,
        domains=read_domains(asked.domains),
        budget=Budget.of(asked.epsilon, asked.delta),
        contribution=Contribution(policy.person, asked.person_rows),
        rows=asked.rows,
        left_out=[
            rule.name
            for rule in policy.columns
            if not rule.in_release and rule.name != policy.person
        ],
        charge=charge,
    )
    book = explained(policy, frame.schema)
    with published(target) as temporary:
        write_parquet(frame.lazy(), temporary, explained_schema(frame.schema, book))
    return copy
