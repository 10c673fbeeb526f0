"""One thing has one word in Chinese, as the civil servants who read it use it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent.parent
CATALOGS = sorted(ROOT.glob("marketplace/*/locale/zh_Hans/LC_MESSAGES/django.po"))
GUIDES = sorted((ROOT / "docs" / "how-to" / "zh").glob("*.md"))
INSTEAD: dict[str, str] = {
    r"(?<!购)买方": "需方",
    r"卖方": "供方",
    r"业务员|经办人": "数据专员",
    r"审查员|审核人员": "审核员",
    r"数据列": "字段 for an attribute, 列 for its place",
    r"涂黑|掩码": "遮盖",
    r"估值基准日": "评估基准日",
    r"上限价(?!格)": "上限收费标准",
    r"(?<!可验证)(?<!会计)凭证": "证书, 可验证凭证 (W3C) or 会计凭证 (voucher)",
    r"固化|封存": "存证",
    r"树头": "账本摘要",
    r"叶子|(?<!首个)叶(?!哈希|只写|内容|重新)": "存证序号, or 叶哈希 for its hash",
    r"运行失败|运行完成|的运行": "任务",
    r"一至 ": "1 至",
    r"(?<![》同])第 ?(?:%\(article\)s|[0-9一二三四五六七八九十]+) ?条": "《…》第…条",
}
"""What may not be written, as a pattern, and what stands in its place."""


def _wrong(text: str) -> list[str]:
    return [
        f"“{found[0]}” in “{text}”: {instead}"
        for pattern, instead in INSTEAD.items()
        for found in re.finditer(pattern, text)
    ]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-5])
def test_catalogs_keep_to_one_word_a_thing(path: Path) -> None:
    with path.open("rb") as file:
        messages = list(read_po(file))
    said = [message.string or "" for message in messages if message.id]
    texts = [text for one in said for text in ([one] if isinstance(one, str) else one)]
    assert [fault for text in texts for fault in _wrong(text)] == []


def test_the_glossary_keeps_to_them_too() -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [row.split("|") for row in rows if row.count("|") == 6]
    chinese = [row[column].strip() for row in cells for column in (2, 4)]
    assert len(chinese) > 80
    assert [fault for text in chinese for fault in _wrong(text)] == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_guides_keep_to_them_too(path: Path) -> None:
    prose = re.sub(r"^ *```.*?^ *```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    assert _wrong(re.sub(r"`[^`]*`", "", prose)) == []
