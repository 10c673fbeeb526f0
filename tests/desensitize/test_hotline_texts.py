"""Masks are measured on messages in which every personal span is known.

The messages are invented, and so are the ways in which they name people: what holds here holds of
texts of this kind, and a sample of real ones is to be read before they are given to anybody.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from marketplace.demo.story.hotline import (
    TOPICS,
    Message,
    PersonalSpan,
    hotline_messages,
    write_hotline,
)
from tests.desensitize.test_mask_examples import masked

ROOT = Path(__file__).resolve().parents[2]
COUNT = 4_000
MARK = "\u2588"
MOST_LEFT = {
    "name_cued": 0.01,
    "name_titled": 0.03,
    "name_plain": 0.08,
    "mobile": 0.005,
    "landline": 0.05,
    "id_number": 0.02,
    "bank_card": 0.05,
    "plate": 0.02,
    "address": 0.02,
    "wechat": 0.03,
    "qq": 0.05,
    "email": 0.05,
    "company": 0.02,
}
"""Upper bounds (95 %) of the share of spans that are left in clear, by kind."""
DECISIVE = re.compile(r"\d")


@cache
def messages() -> tuple[Message, ...]:
    return tuple(hotline_messages(COUNT))


@cache
def texts() -> tuple[str, ...]:
    """Return the messages with a mark of one character in place of what is masked."""
    given = pl.Series("message", [one.text for one in messages()])
    return tuple(masked("mask_text", given, mark=MARK).to_list())


def clear_places(text: str, found: str) -> set[int]:
    """Return the places of a text that are still in clear after masking."""
    plain = unicodedata.normalize("NFKC", text)
    assert len(plain) == len(text)
    pieces = [re.escape(one) for one in found.split(MARK)]
    aligned = re.fullmatch("(.+?)".join(pieces), plain, flags=re.DOTALL)
    assert aligned is not None, (plain, found)
    hidden = {place for one in aligned.regs[1:] for place in range(*one)}
    return set(range(len(text))) - hidden


def is_left(message: Message, span: PersonalSpan, clear: set[int]) -> bool:
    """Return whether somebody is still told by a span: half a name, or a digit of a number."""
    shown = [place for place in range(span.start, span.end) if place in clear]
    if span.kind.startswith("name") or span.kind == "company":
        return 2 * len(shown) >= span.end - span.start
    return any(DECISIVE.match(message.text[place]) for place in shown)


def upper_bound(found: int, of: int) -> float:
    """Return the upper end of Wilson's interval of 95 % for a share."""
    z, share = 1.96, found / of
    middle = share + z * z / (2 * of)
    return (middle + z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (
        1 + z * z / of
    )


def spans() -> Iterator[tuple[Message, PersonalSpan, set[int]]]:
    for message, found in zip(messages(), texts(), strict=True):
        clear = clear_places(message.text, found)
        for span in message.spans:
            yield message, span, clear


def test_hardly_a_personal_span_is_left_in_clear() -> None:
    """Of each kind so few that the upper bound of the share lies below what is stated."""
    left, of = Counter[str](), Counter[str]()
    for message, span, clear in spans():
        of[span.kind] += 1
        left[span.kind] += is_left(message, span, clear)
    assert set(of) == set(MOST_LEFT)
    bounds = {kind: upper_bound(left[kind], of[kind]) for kind in MOST_LEFT}
    assert {kind: bound for kind, bound in bounds.items() if bound > MOST_LEFT[kind]} == {}, left


def test_what_is_personal_to_nobody_stays() -> None:
    """Labels are given by the rest of the text: hardly a character of it is lost."""
    lost = kept = 0
    for message, found in zip(messages(), texts(), strict=True):
        clear = clear_places(message.text, found)
        personal = {place for one in message.spans for place in range(one.start, one.end)}
        plain = set(range(len(message.text))) - personal
        lost += len(plain - clear)
        kept += len(plain & clear)
    assert lost < 0.01 * (lost + kept), lost / (lost + kept)


@pytest.mark.parametrize(
    "text",
    [
        "周边环境嘈杂，高峰时段马路上车辆很多，方便的话请安排人员明天来看。",
        "业主方要求物业公开账目，当事人于昨天到场，客户金额不符。",
        "本人高度近视，患者高热三天，温度计显示正常。",
        "项目经理和城管队长没有到场，车间主任说全体同学都知道。",
        "和平年代大家都希望平安，成功解决以后万分感谢。",
        "安全出口被堵，严重影响单元楼的住户，希望明确责任。",
        "向高新区管委会反映，于是又向有关部门咨询，应该由谁来管理。",
        "黄金周期间江边人很多，石子路不好走，白天还行，夜里没有路灯。",
        "五万元的定金，百分之三十的违约金，2025年3月5日交付。",
        "地铁2号线施工，12路公交改道，G104国道封闭。",
        "微信支付和支付宝都不能用，公司说系统升级。",
        "任何时候都没有人管，许多老人连续几天没有热水，经常停电。",
    ],
)
def test_ordinary_sentences_are_left_whole(text: str) -> None:
    found = masked("mask_text", pl.Series("c", [text])).to_list()
    assert found == [unicodedata.normalize("NFKC", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我叫欧阳修远，找王经理。", "我叫***,找***经理。"),
        ("邻居张伟每天吵，李小明和王芳都听见了", "邻居***每天吵,***和***都听见了"),
        ("我姓陈，业主刘建国。", "我姓***,业主***。"),
        ("住在和平路23号阳光花园3栋501，微信号wx_lin88", "住在******,微信号***"),
        ("投诉江州恒泰物业服务有限公司，QQ：12345678", "投诉***,QQ:***"),
    ],
)
def test_names_addresses_and_accounts_become_marks(text: str, expected: str) -> None:
    assert masked("mask_text", pl.Series("c", [text])).to_list() == [expected]


def test_prose_about_other_things_loses_hardly_a_sentence() -> None:
    """The guides of this project name nobody."""
    lines = [
        line
        for path in sorted((ROOT / "docs" / "how-to" / "zh").glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line) > 5 and not re.search(r"[0-9@]", line)
    ]
    found = masked("mask_text", pl.Series("c", lines), mark=MARK)
    changed = [line for line, one in zip(lines, found, strict=True) if MARK in one]
    assert len(lines) > 400
    assert len(changed) < 0.02 * len(lines), changed


def test_messages_are_the_same_each_time_and_unlike_each_other() -> None:
    again = hotline_messages(300)
    assert again == list(messages()[:300])
    assert hotline_messages(50, seed=1) != again[:50]
    assert len({one.text for one in messages()}) == COUNT
    for one in again:
        for span in one.spans:
            assert one.text[span.start : span.end].strip()
    assert {one.topic for one in again} == set(TOPICS)


def test_the_table_tells_neither_topic_nor_spans(tmp_path: Path) -> None:
    path = tmp_path / "hotline.csv"
    write_hotline(path, messages()[:100])
    table = pl.read_csv(path, infer_schema=False)
    assert table.columns == ["message_id", "received", "district", "caller", "phone", "message"]
    assert table["message"].to_list() == [one.text for one in messages()[:100]]
    assert not table["message"].is_duplicated().any()


def test_a_classifier_learns_topics_from_masked_text_but_not_all() -> None:
    """Naive Bayes over pairs of characters beats the most frequent topic clearly."""
    pairs = [[a + b for a, b in pairwise(text)] for text in texts()]
    topics = [one.topic for one in messages()]
    train, test = range(3_000), range(3_000, COUNT)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for place in train:
        counts[topics[place]].update(pairs[place])
    known = len(set().union(*counts.values()))
    prior = Counter(topics[place] for place in train)
    totals = {topic: sum(found.values()) for topic, found in counts.items()}

    def guess(place: int) -> str:
        return max(
            counts,
            key=lambda topic: (
                math.log(prior[topic])
                + sum(
                    math.log((counts[topic][pair] + 1) / (totals[topic] + known))
                    for pair in pairs[place]
                )
            ),
        )

    right = sum(guess(place) == topics[place] for place in test) / len(test)
    majority = max(Counter(topics[place] for place in test).values()) / len(test)
    assert majority < 0.3
    assert 0.7 < right < 0.98
