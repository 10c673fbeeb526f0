"""Write a table of invented persons, the same for the same number of rows."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

CHUNK_ROWS = 250_000
SEED = 20_240_229
SURNAMES = [*"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"]
GIVEN = [*"伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰文斌宇浩凯"]
CITIES = [
    f"{name}市"
    for name in (
        "北京", "上海", "广州", "深圳", "成都", "杭州", "重庆", "武汉", "苏州", "西安",
        "南京", "长沙", "天津", "郑州", "东莞", "青岛", "昆明", "宁波", "合肥", "佛山",
    )
]  # fmt: skip
DISTRICTS = ["浙江省杭州市西湖区", "广东省深圳市南山区", "四川省成都市武侯区", "江苏省苏州市姑苏区"]
STREETS = ["建设路", "人民路", "中山路", "解放大道", "和平街", "文化路", "新华路", "长江路"]
DIAGNOSES = ["感冒", "高血压", "糖尿病", "胃炎", "骨折", "哮喘", "肺炎", "偏头痛", "湿疹", "贫血"]
REGIONS = [110101, 310104, 440305, 510107, 330106, 500103, 420106, 320508, 610113, 320105]
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK = np.array([*"10X98765432"])


def invented_csv(folder: Path, rows: int) -> Path:
    """Return the table as CSV, made when it is not there."""
    path = folder / f"persons-{rows}.csv"
    if not path.exists():
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            for number, frame in enumerate(_chunks(rows)):
                frame.write_csv(file, include_header=number == 0)
        partial.rename(path)
    return path


def invented_parquet(folder: Path, rows: int) -> Path:
    """Return the table as Parquet, made when it is not there."""
    path = folder / f"persons-{rows}.parquet"
    if not path.exists():
        partial = path.with_suffix(".partial")
        chunks = _chunks(rows)
        first = next(chunks).to_arrow()
        with pq.ParquetWriter(partial, first.schema, compression="zstd") as writer:
            writer.write_table(first)
            for frame in chunks:
                writer.write_table(frame.to_arrow().cast(first.schema))
        partial.rename(path)
    return path


def _chunks(rows: int) -> Iterator[pl.DataFrame]:
    for start in range(0, rows, CHUNK_ROWS):
        yield _chunk(start, min(CHUNK_ROWS, rows - start))


def _chunk(start: int, rows: int) -> pl.DataFrame:
    random = np.random.default_rng([SEED, start])

    def picked(values: list[str], skew: float = 1.0) -> pl.Series:
        index = (random.random(rows) ** skew * len(values)).astype(np.int64)
        return pl.Series(values).gather(index)

    def numbered(most: int) -> pl.Series:
        return pl.Series(random.integers(1, most, rows)).cast(pl.String)

    age = random.triangular(18, 38, 95, rows).astype(np.int64)
    days = random.integers(0, 365, rows)
    born = np.datetime64("2023-12-31") - (days + age * 365).astype("timedelta64[D]")
    births = pl.Series(born.astype("datetime64[ms]")).cast(pl.Date)
    frame = pl.DataFrame(
        {
            "id_number": _identity_numbers(random, births),
            "name": picked(SURNAMES) + picked(GIVEN) + picked(GIVEN),
            "mobile": pl.Series(random.integers(13_000_000_000, 19_999_999_999, rows)).cast(
                pl.String
            ),
            "email": pl.Series(random.integers(0, 36**8, rows))
            .cast(pl.String)
            .str.pad_start(13, "u")
            + "@example.com",
            "card": pl.Series(random.integers(10**15, 10**16, rows)).cast(pl.String),
            "address": picked(DISTRICTS)
            + picked(STREETS)
            + numbered(999)
            + "号"
            + numbered(40)
            + "栋"
            + numbered(3000)
            + "室",
            "city": picked(CITIES, 1.5),
            "birth_date": births,
            "age": age,
            "sex": picked(["男", "女"]),
            "income": (random.lognormal(8.8, 0.6, rows)).round(0).astype(np.int64),
            "diagnosis": picked(DIAGNOSES, 1.8),
        }
    )
    missing = pl.Series(random.random(rows) < 0.02)
    return frame.with_columns(pl.when(~missing).then(pl.col("income")).alias("income"))


def _identity_numbers(random: np.random.Generator, births: pl.Series) -> pl.Series:
    region = pl.Series(np.array(REGIONS)[random.integers(0, len(REGIONS), len(births))])
    serial = pl.Series(random.integers(1, 1000, len(births))).cast(pl.String).str.zfill(3)
    body = region.cast(pl.String) + births.dt.strftime("%Y%m%d") + serial
    digits = np.frombuffer("".join(body.to_list()).encode("ascii"), np.uint8).reshape(-1, 17) - 48
    check = CHECK[(digits.astype(np.int64) @ WEIGHTS) % 11]
    return body + pl.Series(check)
