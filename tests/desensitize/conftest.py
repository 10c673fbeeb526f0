"""Tables to try the library on."""

import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

VECTORS = Path(__file__).parent / "vectors"


@pytest.fixture(scope="session")
def vectors() -> Callable[[str], Any]:
    """Read a file of published cases."""

    def read(name: str) -> Any:
        path = VECTORS / name
        if path.suffix == ".xz":
            return json.loads(lzma.decompress(path.read_bytes()))
        return json.loads(path.read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def adult(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write UCI Adult (30,162 rows) as CSV."""
    path = tmp_path_factory.mktemp("adult") / "adult.csv"
    path.write_bytes(lzma.decompress((VECTORS / "adult.csv.xz").read_bytes()))
    return path


@pytest.fixture(scope="session")
def adult_table(adult: Path) -> Path:
    """Write UCI Adult as Parquet."""
    path = adult.with_suffix(".parquet")
    pl.read_csv(adult, separator=";").write_parquet(path)
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Write a table of invented persons: a name, an ID number, a mobile, age, sex and income."""
    path = tmp_path / "people.parquet"
    pl.DataFrame(
        {
            "name": ["张三", "李四", "王五", "赵六", "钱七", "孙八"] * 10,
            "id_number": ["11010519491231002X", "440524188001010014"] * 30,
            "mobile": [f"138{pow(7, number, 10**8 - 11):08d}" for number in range(60)],
            "age": [20 + number % 40 for number in range(60)],
            "sex": ["男", "女"] * 30,
            "income": [None if number % 7 == 0 else 1000 * number for number in range(60)],
        }
    ).write_parquet(path)
    return path
