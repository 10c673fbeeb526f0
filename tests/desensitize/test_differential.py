"""Private figures are noisy, bounded by person, and paid for once."""

import fcntl
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.cli import main
from desensitize.errors import DesensitizeError, TableError
from desensitize.privacy.differential import (
    Budget,
    BudgetLedger,
    Contribution,
    Spending,
    private_counts,
    private_histogram,
    private_means,
    private_sums,
)
from desensitize.privacy.differential.noise import laplace, thresholded

ROOT = Path(__file__).parents[2]
PLENTY = 10**6
SPEND = """
import sys
from pathlib import Path
from desensitize.errors import DesensitizeError
from desensitize.privacy.differential import Budget, BudgetLedger
ledger = BudgetLedger(Path(sys.argv[1]), epsilon="1")
print("ready", flush=True)
sys.stdin.readline()
try:
    ledger.spend(Budget.of("0.6"), "a release")
    print("won")
except DesensitizeError as error:
    print(error.code)
"""


def ledger(path: Path, epsilon: Any = PLENTY, **given: Any) -> BudgetLedger:
    return BudgetLedger(path / "ledger.jsonl", epsilon=epsilon, **given)


def spending(path: Path, epsilon: float, delta: float = 0, **given: Any) -> Spending:
    unit = given.get("unit")
    book = ledger(path, delta="0.5", unit=unit)
    return Spending(Budget.of(epsilon, delta), book, Contribution(**given))


# So much ε that noise of 1 and more has a chance below 10^-80: what is left is arithmetic.
EXACT = 200


def test_cells_that_are_known_are_all_shown(tmp_path: Path) -> None:
    table = pl.LazyFrame({"city": ["a", "a", "b", "x", None], "sex": ["f", "m", "m", "f", "f"]})
    counted = private_counts(
        table, {"city": ["a", "b", None], "sex": ["f", "m"]}, spending(tmp_path, EXACT)
    )
    assert counted.rows() == [
        ("a", "f", 1), ("a", "m", 1), ("b", "f", 0), ("b", "m", 1), (None, "f", 1), (None, "m", 0),
    ]  # fmt: skip
    assert private_counts(table, {}, spending(tmp_path, EXACT)).rows() == [(5,)]
    named = private_counts(
        table.rename({"sex": "count"}), {"count": ["f"]}, spending(tmp_path, EXACT)
    )
    assert named.to_dicts() == [{"count": "f", "noisy count": 3}]


def test_a_person_counts_no_more_than_is_allowed(tmp_path: Path) -> None:
    table = pl.LazyFrame({"who": ["p"] * 50 + ["q"] * 2 + [None] * 9, "city": ["a"] * 61})
    for rows, expected in ((1, 3), (2, 6), (20, 31)):
        counted = private_counts(
            table, {"city": ["a"]}, spending(tmp_path, EXACT * rows, unit="who", rows=rows)
        )
        assert counted["count"].to_list() == [expected]


def test_sums_and_means_are_of_clamped_numbers(tmp_path: Path) -> None:
    table = pl.LazyFrame(
        {"pay": [1.25, -5.0, 1e300, None, float("nan"), 3.0], "sex": ["f", "f", "m", "m", "m", "m"]}
    )
    by = {"sex": ["f", "m", "x"]}
    sums = private_sums(table, "pay", (0, 10), by, spending(tmp_path, EXACT * 1000))
    assert sums.rows() == [("f", 1.25), ("m", 13.0), ("x", 0.0)]
    means = private_means(table, "pay", (0, 10), by, spending(tmp_path, EXACT * 2000))
    assert means.rows() == [("f", 0.625), ("m", 6.5), ("x", 5.0)]
    assert private_sums(table, "pay", (0, 10), {}, spending(tmp_path, EXACT * 1000)).item() == 14.25


def test_a_histogram_has_half_open_bins(tmp_path: Path) -> None:
    table = pl.LazyFrame(
        {"age": [0.0, 9.9, 10.0, 19.0, 20.0, -1.0, None, float("nan"), float("inf")]}
    )
    found = private_histogram(table, "age", [0, 10, 20], spending(tmp_path, EXACT))
    assert found.rows() == [(0.0, 10.0, 2), (10.0, 20.0, 2)]


def test_noise_has_the_scale_that_epsilon_asks_for() -> None:
    # The mean of 20,000 absolute values strays from the scale by a tenth in fewer than one of 10^40
    # runs.
    for sensitivity, epsilon in ((1, 0.1), (3, 0.5), (1000, 2.0)):
        scale = sensitivity / epsilon
        noise = laplace(sensitivity=sensitivity, epsilon=epsilon)([0] * 20_000)
        assert sum(map(abs, noise)) / len(noise) == pytest.approx(scale, rel=0.1)
        assert abs(sum(noise) / len(noise)) < scale / 10


def test_small_cells_are_left_out_by_their_noisy_count() -> None:
    cells = {f"small {number}": 1 for number in range(1000)} | {"large": 5000}
    shown = thresholded(rows=1, budget=Budget.of(1, 1e-12))(cells)
    assert set(shown) == {"large"}
    assert abs(shown["large"] - 5000) < 200


def test_cells_of_a_column_that_nobody_listed(tmp_path: Path) -> None:
    table = pl.LazyFrame({"city": ["a"] * 4000 + ["b"]})
    found = private_counts(table, {"city": None}, spending(tmp_path, 1, 1e-12))
    assert found["city"].to_list() == ["a"]
    with pytest.raises(DesensitizeError) as refusal:
        private_counts(table, {"city": None}, spending(tmp_path, 1))
    assert refusal.value.code == "delta-needed"


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_releases_never_add_up_to_more_than_the_budget(
    tmp_path_factory: pytest.TempPathFactory, hundredths: list[int]
) -> None:
    path = tmp_path_factory.mktemp("ledger")
    book, paid = ledger(path, "1"), 0
    for part in hundredths:
        amount = Budget.of(f"{part / 100:.2f}")
        if paid + part <= 100:
            book.spend(amount, "a release")
            paid += part
        else:
            with pytest.raises(DesensitizeError, match="does not allow"):
                book.spend(amount, "a release")
    assert paid <= 100
    assert ledger(path, "1").left().epsilon * 100 == 100 - paid
    lines = (path / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    assert {tuple(json.loads(line)) for line in lines[1:]} <= {
        ("epsilon", "delta", "what", "moment")
    }


def spender(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SPEND, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_who_spends_waits_for_whoever_reads_the_ledger(tmp_path: Path) -> None:
    """Two who read the same sum at one moment would both spend what is left."""
    path = tmp_path / "ledger.jsonl"
    process = spender(path)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        waits = re.compile(rf"-> FLOCK +ADVISORY +WRITE {process.pid} ")
        while process.poll() is None and not waits.search(Path("/proc/locks").read_text()):
            pass
        assert process.returncode is None
        assert path.stat().st_size == 0
    assert process.communicate()[0].split() == ["ready", "won"]


def test_of_two_processes_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    both = [spender(path) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = sorted(process.communicate()[0].strip() for process in both)
    assert answers == ["privacy-budget-spent", "won"]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2


def test_a_release_that_was_not_written_down_whole_never_was(tmp_path: Path) -> None:
    ledger(tmp_path, "1").spend(Budget.of("0.25"), "a release")
    path = tmp_path / "ledger.jsonl"
    with path.open("ab") as file:
        file.write(b'{"epsilon": "0.5", "del')
    assert float(ledger(tmp_path, "1").left().epsilon) == 0.75
    assert len(path.read_bytes().splitlines()) == 2


@pytest.mark.parametrize("content", [b"junk\n", b"[]\n{}\n", b'{"budget": 1}\n', b"\xff\n"])
def test_what_is_no_ledger_is_refused_and_kept(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_bytes(content)
    with pytest.raises(DesensitizeError) as refusal:
        ledger(tmp_path)
    assert refusal.value.code == "bad-privacy-ledger"
    assert (tmp_path / "ledger.jsonl").read_bytes() == content


def test_a_ledger_keeps_its_budget_and_its_unit(tmp_path: Path) -> None:
    ledger(tmp_path, "1", unit="who").spend(Budget.of("0.25"), "a release")
    for change in ({"epsilon": "2", "unit": "who"}, {"epsilon": "1"}):
        with pytest.raises(DesensitizeError) as refusal:
            ledger(tmp_path, **change)
        assert refusal.value.code == "bad-privacy-ledger"
    with pytest.raises(DesensitizeError) as refusal:
        Spending(Budget.of(1), ledger(tmp_path, "1", unit="who"))
    assert refusal.value.code == "bad-privacy-ledger"
    with pytest.raises(TableError) as failure:
        ledger(tmp_path / "nowhere")
    assert failure.value.code == "write-failed"


@pytest.mark.parametrize("amount", [0, -1, "x", float("nan"), float("inf"), None, "1/0"])
def test_no_odd_budget_is_taken(amount: object, tmp_path: Path) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        ledger(tmp_path, amount)
    assert refusal.value.code == "bad-privacy-budget"
    with pytest.raises(DesensitizeError):
        Budget.of(1, 1)


def test_odd_questions_spend_nothing(tmp_path: Path) -> None:
    table = pl.LazyFrame({"pay": [1, 2], "sex": ["f", "m"]})
    one = spending(tmp_path, 1)
    for refused, code in (
        (lambda: private_sums(table, "pay", (5, 5), {}, one), "bad-bounds"),
        (lambda: private_sums(table, "pay", (0, float("inf")), {}, one), "bad-bounds"),
        (lambda: private_means(table, "pay", (0, 1e300), {}, one), "bad-bounds"),
        (lambda: private_sums(table, "pay", (0, 1), {"sex": None}, one), "delta-needed"),
        (lambda: private_histogram(table, "pay", [1], one), "bad-bounds"),
        (lambda: private_histogram(table, "pay", [1, 3, 2], one), "bad-bounds"),
        (lambda: private_counts(table, {"sexx": ["f"]}, one), "unknown-column"),
        (
            lambda: private_counts(table, {"sex": None}, spending(tmp_path, 1e-9, 1e-300)),
            "bad-privacy-budget",
        ),
        (lambda: Contribution(rows=0), "bad-contribution"),
        (lambda: Contribution(rows=2), "bad-contribution"),
    ):
        with pytest.raises(DesensitizeError) as refusal:
            refused()
        assert refusal.value.code == code
    assert one.ledger.left() == one.ledger.budget


def test_a_refused_run_leaves_no_ledger(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So the corrected one, under another budget, is not refused as well."""
    path = tmp_path / "ledger.jsonl"
    arguments = [
        "private-count", str(people), "--by", "sex", "--epsilon", "0.6", "--budget", "1",
        "--ledger", str(path),
    ]  # fmt: skip
    assert main(arguments) == 1
    assert "are not known beforehand" in capsys.readouterr().err
    assert not path.exists()
    assert main([*arguments, "--delta", "0.001", "--delta-budget", "0.0001"]) == 1
    assert "does not allow this release" in capsys.readouterr().err
    assert not path.exists()
    assert main([*arguments, "--delta", "0.001", "--delta-budget", "0.01"]) == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2


def test_the_command_counts_and_pays(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "private-count", str(people), "--by", "sex", "--values", "sex=男,女", "--epsilon", "0.6",
        "--budget", "1", "--ledger", str(tmp_path / "ledger.jsonl"), "--unit", "mobile",
    ]  # fmt: skip
    assert main([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(cell["sex"], abs(cell["count"] - 30) < 100) for cell in answer.pop("cells")] == [
        ("男", True),
        ("女", True),
    ]
    assert answer == {"epsilon": 0.6, "delta": 0.0, "left_epsilon": 0.4, "left_delta": 0.0}
    assert main(arguments) == 1
    assert "ε 0.4 and δ 0 are left" in capsys.readouterr().err
