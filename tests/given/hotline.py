"""A table of citizens' messages to a hotline, from its registration to a masked version."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from typing import Any

from marketplace.catalog.version.models import DatasetVersion
from marketplace.demo.story.hotline import HOTLINE_COLUMNS, Message, hotline_messages
from tests.given import preparation
from tests.given.shelf import kept
from tests.given.world import World

MASKS: dict[str, Any] = {
    "message_id": "drop",
    "caller": "drop",
    "phone": "drop",
    "message": {"mask": "mask_text", "role": "sensitive"},
}
"""What an officer decides: the text with marks in it, and of the rest the district alone."""
WORDS: Mapping[str, str] = {
    "噪音扰民": "噪音 噪声 声音 音量 吵 施工 装修 鸣笛",
    "供水供电": "停水 停电 自来水 水压 水管 水费 水箱 跳闸 电表 电缆",
    "道路交通": "红绿灯 路面 堵 修路 斑马线 闯红灯 公交 单车 司机",
    "环境卫生": "垃圾 臭 打扫 脏 污水 油污 烟",
    "社保医保": "医保 社保 社会保险 养老 退休 失业 津贴 补贴 工伤 报销",
    "教育": "学校 学籍 学位 入学 校服 作业 幼儿园 培训 补课 学费",
    "物业管理": "物业 业主 业委会 电梯 门禁 保安",
    "市场消费": "退款 退货 假货 过期 会员卡 超市 外卖 老板",
}
"""Words by which an officer who knows the matters would know each of them, in most messages."""


@cache
def messages(count: int) -> tuple[Message, ...]:
    """Return the first messages; topics and spans are known of them."""
    return tuple(hotline_messages(count))


@cache
def table(count: int = 300) -> str:
    """Return the messages as CSV, as a hotline would register them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HOTLINE_COLUMNS)
    writer.writerows(message.row() for message in messages(count))
    return text.getvalue()


def without_spans(message: Message) -> str:
    """Return a message as masking leaves it: with a mark in the place of whatever is personal."""
    text = message.text
    for span in sorted(message.spans, key=lambda one: -one.start):
        text = f"{text[: span.start]}〔{span.kind}〕{text[span.end :]}"
    return text


@kept
def classified(world: World, count: int = 300) -> DatasetVersion:
    """Return the registered messages, profiled and classified."""
    return preparation.classified_version(world, table=table(count))


@kept
def masked(world: World, count: int = 300) -> DatasetVersion:
    """Return a masked version of the messages whose run passed."""
    version = classified(world, count)
    document = preparation.policy_document(version, **MASKS)
    return preparation.masked(world, version, document=document)
