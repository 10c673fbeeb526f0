"""What the software proposes can be confirmed as it stands, and no advice speaks against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given as holds_for
from hypothesis import settings
from hypothesis import strategies as st

from desensitize.detectors import BY_VALUES, DETECTORS, EVIDENCE, classify_table
from desensitize.policy import ROLES
from desensitize.profile import profile_table
from marketplace.core.errors import Invalid
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.policy.checking import checked_policy
from marketplace.preparation.policy.proposals import proposed_policy
from marketplace.preparation.policy.services import confirm_policy
from tests.given import preparation as given
from tests.given.world import World

COLUMNS: dict[str, Callable[[int], object]] = {
    "id_number": lambda row: given.identity_number(date(1960 + row % 40, 3, 9), row),
    "name": lambda row: given.SURNAMES[row % 10] + given.GIVEN_NAMES[row % 8],
    "mobile": lambda row: f"138{row * 7919 % 10**8:08d}",
    "note": lambda row: f"客户张伟的手机是138{row * 7919 % 10**8:08d}。",
    "remark": lambda row: "called back" if row % 9 else f"Mr. Smith, mail a{row}@example.org",
    "age": lambda row: 20 + row % 50,
    "city": lambda row: given.CITIES[row % 3],
    "born": lambda row: f"{1960 + row % 40}-0{1 + row % 9}-11",
    "diagnosis": lambda row: ("高血压", "糖尿病", "流感")[row % 3],
    "income": lambda row: 3000 + row * 137 % 900,
    "card_or_words": lambda row: "cash" if row % 3 else "4111111111111111",
    "key": lambda row: f"K{row:06d}",
    "nothing": lambda _row: None,
}


def proposal_of(table: pl.DataFrame) -> tuple[dict[str, object], list[ColumnFinding]]:
    """Profile and classify a table; answer what is proposed, and what was found."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        table.write_parquet(path)
        found = classify_table(path, profile_table(path))
    findings = [
        ColumnFinding(
            name=one.name,
            role=one.role,
            kind=one.kind or "",
            confidence=one.confidence,
            evidence_code=one.evidence_code,
            evidence_parameters=dict(one.evidence_parameters),
        )
        for one in found
    ]
    return proposed_policy(findings).to_dict(), findings


@settings(max_examples=15, deadline=None)
@holds_for(
    names=st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, unique=True),
    rows=st.integers(1, 60),
)
def test_the_proposal_for_a_table_is_accepted(names: list[str], rows: int) -> None:
    """With a column that says nothing of anybody beside, so that something can be released."""
    table = {name: [COLUMNS[name](row) for row in range(rows)] for name in names}
    table["line"] = [row % 2 for row in range(rows)]
    document, findings = proposal_of(pl.DataFrame(table, strict=False))
    assert checked_policy(document, findings).to_dict() == document


@pytest.mark.parametrize("evidence", sorted(EVIDENCE))
def test_the_proposal_for_every_finding_is_accepted(evidence: str) -> None:
    """Whatever class and kind a column is taken for, and for whatever reason."""
    roles = {detector.kind: detector.role for detector in DETECTORS.values()}
    for kind, role in [*roles.items(), *(("", role) for role in ROLES)]:
        parameters = {"share": 50, "rows": 1, "kind": "CN_ID", "word": "x"}
        findings = [
            ColumnFinding(
                name=name,
                role=each,
                kind=what,
                confidence=1.0,
                evidence_code=code,
                evidence_parameters=parameters,
            )
            for name, each, what, code in (
                ("column", role, kind, evidence),
                ("line", "other", "", "nothing_found"),
            )
        ]
        document = proposed_policy(findings).to_dict()
        assert checked_policy(document, findings).to_dict() == document


NOTES = "line,note\n" + "".join(
    f"{row % 2},客户张伟的手机是1381234567{row}。\n" for row in range(9)
)


def test_a_text_with_personal_data_is_masked_as_proposed(world: World) -> None:
    """By the act; and keeping it, which would show it, stays refused."""
    version = given.classified_version(world, table=NOTES)
    document = given.policy_document(version)
    assert document["columns"][1]["mask"] == "mask_text"
    with pytest.raises(Invalid) as refused:
        confirm_policy(
            version.pk,
            policy=given.policy_document(version, note="keep"),
            by=world.actor("officer"),
        )
    assert "cannot be released in clear" in refused.value.fields["columns.1.mask"][0]
    confirmed = confirm_policy(version.pk, policy=document, by=world.actor("officer"))
    assert confirmed.document == document


def test_no_advice_says_to_keep_what_may_not_be_kept(world: World) -> None:
    """Where something is asked of a text's values, which no mask of it allows."""
    version = given.classified_version(world, table=NOTES)
    document = given.policy_document(version)
    document["columns"][1]["diversity"] = {"least": 2, "kind": "distinct"}
    with pytest.raises(Invalid) as refused:
        confirm_policy(version.pk, policy=document, by=world.actor("officer"))
    [sentences] = refused.value.fields.values()
    assert "Ask nothing, or choose ranges" in sentences[0]
    assert "keep the column" not in sentences[0].lower()


def test_what_is_named_by_values_is_a_known_evidence() -> None:
    assert BY_VALUES <= set(EVIDENCE)
