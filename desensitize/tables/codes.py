"""Know the codes that stand where nothing is known."""

import polars as pl

# What people write where nothing is known.
NULL_MARKERS = (
    "", "-", "--", "---", "/", "\\", "\\n", "?", "n/a", "#n/a", "na", "nan", "nil", "none", "null",
    "无", "暂无", "空", "不详", "未知", "未填", "未填写", "缺失",
)  # fmt: skip
# What masks leave.
HIDDEN = r"^[*＊]+$"


def says_nothing(texts: pl.Expr) -> pl.Expr:
    """Tell the filled cells that hold such a code, or nothing but what a mask has left."""
    plain = texts.str.normalize("NFKC").str.strip_chars().str.to_lowercase()
    return plain.is_in(NULL_MARKERS) | plain.str.contains(HIDDEN)
