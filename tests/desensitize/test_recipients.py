"""What keys promise: recipients kept apart, versions of one joined, and no key ever seen."""

import base64
import copy
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desensitize.cli import main
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.engines.drawing import drawn
from desensitize.engines.tally import Tally
from desensitize.engines.writing import masked_columns
from desensitize.errors import DesensitizeError
from desensitize.masks import MASKS, MaskContext, make_mask
from desensitize.policy import ColumnRule, Policy, dump_policy

MASTER = bytes(range(32))
KEYED = sorted(name for name, mask in MASKS.items() if mask.description.needs_key)
PSEUDONYMOUS = sorted(name for name, mask in MASKS.items() if mask.description.pseudonymous)
ROW_KEYED = sorted(name for name, mask in MASKS.items() if mask.description.row_keyed)
OPTIONS: Mapping[str, dict[str, Any]] = {
    "add_noise": {"scale": 50},
    "sample": {"share": 0.5},
    "shift_dates": {"subject": "who"},
}
ROWS = 200


def ring(recipient: str) -> KeyRing:
    return KeyRing(MASTER, dataset="survey", recipient=recipient)


def policy(mask: str) -> Policy:
    role = "other" if MASKS[mask].description.releases_clear else "direct"
    return Policy(
        (
            ColumnRule("row", "other", "keep"),
            ColumnRule("who", "other", "keep"),
            ColumnRule("c", role, mask, OPTIONS.get(mask, {})),
        ),
        # Rows before and after are compared by their place.
        order="source",
    )


@pytest.fixture
def table(vectors: Callable[[str], Any], tmp_path: Path) -> Callable[[str], Path]:
    ids = vectors("gb11643_id.json")["valid"]

    def write(mask: str) -> Path:
        values: list[Any] = [f"138{row % 150:08d}" for row in range(ROWS)]
        if mask == "surrogate_id":
            values = [ids[row % len(ids)] for row in range(ROWS)]
        if mask == "shift_dates":
            values = ["2020-05-01"] * ROWS
        if mask == "add_noise":
            values = [1000 + row for row in range(ROWS)]
        path = tmp_path / "table.parquet"
        who = [f"person {row % 50}" for row in range(ROWS)]
        pl.DataFrame({"row": range(ROWS), "who": who, "c": values}).write_parquet(path)
        return path

    return write


def released(source: Path, mask: str, recipient: str, name: str) -> pl.DataFrame:
    target = source.with_name(name)
    run_policy(source, target, policy(mask), keys=ring(recipient), work=source.parent)
    return pl.read_parquet(target)


@pytest.mark.parametrize("mask", KEYED)
def test_one_recipient_gets_the_same_again_and_another_something_else(
    mask: str, table: Callable[[str], Path]
) -> None:
    source = table(mask)
    bank = released(source, mask, "bank", "1.parquet")
    assert bank.equals(released(source, mask, "bank", "2.parquet"))
    insurer = released(source, mask, "insurer", "3.parquet")
    if MASKS[mask].description.omits_column:
        assert bank["row"].to_list() != insurer["row"].to_list()
        return
    assert bank["c"].null_count() == 0
    # Swapped values can keep their place by chance.
    assert bank.filter(pl.col("c") == insurer["c"]).height < ROWS / 4


@pytest.mark.parametrize("mask", PSEUDONYMOUS)
def test_versions_of_one_recipient_join_and_those_of_two_do_not(
    mask: str, table: Callable[[str], Path]
) -> None:
    source = table(mask)
    original = pl.read_parquet(source)
    bank = released(source, mask, "bank", "1.parquet")
    insurer = released(source, mask, "insurer", "2.parquet")
    later = source.with_name("later.parquet")
    original.reverse().head(150).write_parquet(later)
    version = released(later, mask, "bank", "3.parquet")

    def by_value(masked: pl.DataFrame, of: pl.DataFrame) -> dict[str, str]:
        return dict(zip(of["c"], masked["c"], strict=True))

    first, second = by_value(bank, original), by_value(version, pl.read_parquet(later))
    assert {value: first[value] for value in second} == second
    if mask == "invent":
        # Inventions are few, so they meet by chance; what they stand for does not.
        other = by_value(insurer, original)
        assert sum(first[value] == other[value] for value in first) <= 2
    else:
        assert len(set(first.values())) == len(first)
        assert not set(bank["c"]) & set(insurer["c"])


@pytest.mark.parametrize("mask", ROW_KEYED)
def test_a_table_in_parts_comes_out_as_if_whole(mask: str, table: Callable[[str], Path]) -> None:
    source = table(mask)
    rules, keys, whole = policy(mask), ring("bank"), pl.scan_parquet(source)

    def masked(part: pl.LazyFrame, first_row: int) -> pl.DataFrame:
        kept = drawn(part, rules, keys, first_row=first_row)
        schema = whole.collect_schema()
        return masked_columns(kept, rules, keys, schema, labelled=False, tally=Tally()).collect()

    parts = [masked(whole.slice(start, 70), start) for start in range(0, ROWS, 70)]
    assert pl.concat(parts).equals(masked(whole, 0))
    assert pl.concat(parts).equals(released(source, mask, "bank", "1.parquet"))


def test_a_sample_is_counted_apart_from_what_the_search_leaves_out(
    table: Callable[[str], Path],
) -> None:
    source = table("sample")
    target = source.with_name("out.parquet")
    done = run_policy(source, target, policy("sample"), keys=ring("b"), work=source.parent)
    assert done.rows_read == ROWS
    assert done.undrawn_rows == ROWS - done.rows_written
    assert 60 <= done.rows_written <= 140
    assert (done.suppressed_rows, done.suppressed_cells) == (0, {})
    assert "c" not in done.columns


def forms_of(secret: bytes) -> list[str]:
    """Return how a secret could stand in a text."""
    return [
        secret.hex(),
        secret.hex().upper(),
        repr(secret)[2:-1],
        base64.b64encode(secret).decode(),
    ]


@pytest.mark.parametrize("name", KEYED)
def test_no_plan_shows_or_gives_away_a_key(
    name: str, table: Callable[[str], Path], caplog: pytest.LogCaptureFixture
) -> None:
    keys, source = ring("bank"), table(name)
    mask = make_mask(name, OPTIONS.get(name, {}))
    rules = policy(name)
    schema = pl.read_parquet_schema(source)
    kept = drawn(pl.scan_parquet(source), rules, keys)
    query = masked_columns(kept, rules, keys, pl.Schema(schema), labelled=False, tally=Tally())
    context = MaskContext("c", pl.String(), keys, columns={"who": pl.String()})
    column = OPTIONS.get(name, {}).get("subject", "c")
    key = keys.key(column=column, purpose=f"{name}:release")
    result = run_policy(
        source, source.with_name("out.parquet"), rules, keys=keys, work=source.parent
    )
    texts = [
        query.explain(optimized=True), query.explain(optimized=False), repr(query), str(query),
        repr(mask), str(mask.options), repr(context), repr(rules), dump_policy(rules),
        repr(mask.expression(pl.col("c"), context)), repr(result), caplog.text, repr(keys),
    ]  # fmt: skip
    for secret in (MASTER, key):
        for form in forms_of(secret):
            assert not any(form in text for text in texts)
    assert MASTER not in pickle.dumps(mask)
    assert key not in pickle.dumps(mask)
    for leak in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            leak(context)
    # The query holds functions that hold the key's handle, which refuses.
    with pytest.raises((TypeError, AttributeError, pl.exceptions.ComputeError)):
        query.serialize()


@pytest.mark.parametrize("name", KEYED)
def test_a_mask_without_its_key_is_refused_before_anything_is_read(
    name: str, table: Callable[[str], Path]
) -> None:
    source = table(name)
    with pytest.raises(DesensitizeError) as refusal:
        run_policy(
            source, source.with_name("o.parquet"), policy(name), keys=None, work=source.parent
        )
    assert refusal.value.code == "key-needed"
    assert [path.name for path in source.parent.iterdir()] == [source.name]


def test_masking_from_the_command_line_takes_keys_from_files_alone(
    table: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, rules, key = table("pseudonym"), tmp_path / "p.toml", tmp_path / "key"
    rules.write_text(dump_policy(policy("pseudonym")), encoding="utf-8")
    arguments = ["mask", str(source), str(tmp_path / "o.csv"), "--policy", str(rules), "--json"]
    # It is taken for the name of a file, and not said again.
    assert main([*arguments, "--key", MASTER.hex()]) == 1
    assert MASTER.hex()[:8] not in capsys.readouterr().err
    key.write_bytes(MASTER)
    assert main([*arguments, "--key-file", str(key), "--recipient", "bank"]) == 0
    written = capsys.readouterr()
    shown = written.out + written.err + (tmp_path / "o.csv").read_text(encoding="utf-8")
    assert not any(form in shown for form in forms_of(MASTER))
    key.write_text(MASTER.hex() + "00", encoding="ascii")
    assert main([*arguments, "--key-file", str(key)]) == 1
    assert MASTER.hex()[:8] not in capsys.readouterr().err
