"""Personal data inside longer text becomes marks."""

import re

import polars as pl
import pytest

from tests.desensitize.test_mask_examples import masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系人：张三，电话13800138000。", "联系人:***,电话***。"),
        ("患者李小明主诉头痛", "患者***主诉头痛"),
        ("请找王经理，或致电 021-6235 8888", "请找***经理,或致电 ***"),
        ("身份证110105194912310021、44052418800101001X", "身份证***、***"),
        ("卡号6222 0231 1111 1111，邮箱 a.b@example.com", "卡号***,邮箱 ***"),
        ("住浙江省杭州市西湖区文三路12号3单元201室", "住***"),
        ("手机１３８００１３８０００", "手机***"),
        ("Dear Mr. John Smith, your contact: Ann Lee", "Dear Mr. ***, your contact: ***"),
        ("a13800138000b", "a***b"),
        ("京A12345的车，IBAN DE89 3704 0044 0532 0130 00", "***的车,IBAN ***"),
        ("MAC 00:1A:2B:3C:4D:5E, IP 10.0.0.1, fe80::1:2:3", "MAC ***, IP ***, ***"),
        ("温度37.5度，血压120/80", "温度37.5度,血压120/80"),
        ("六位123456，五位12345", "六位***,五位12345"),
    ],
)
def test_personal_data_inside_text_is_masked(text: str, expected: str) -> None:
    assert masked("mask_text", pl.Series("c", [text])).to_list() == [expected]


@pytest.mark.parametrize(
    "number",
    [
        "13812345678999",
        "440301199003077890123456",
        "ref13812345678999x12",
        "110101 19900307 7892 12345",
        "44030119900307789X12345",
        "123-45-6789-12345",
        "192.168.1.100.55.77",
        "00:1A:2B:3C:4D:5E:34:56",
        "138/1234/5678",
        "138_1234_5678",
        "138,1234,5678",
        "138 - 1234 - 5678",
        "(138)1234-5678",
        "1381234５６78９９",
        "138\u200b1234\u00ad5678",
        "٠١٣٨١٢٣٤٥٦",
        "1a2b3c4d5e6f",
    ],
)
def test_no_digit_of_a_longer_number_is_left(number: str) -> None:
    """Whatever stands between its digits, and wherever the form of a known number ends in it."""
    (found,) = masked("mask_text", pl.Series("c", [f"见{number}，谢谢"])).to_list()
    assert not re.search(r"\d", found)
    assert found.startswith("见")
    assert found.endswith("谢谢")


def test_figures_beside_a_name_are_left() -> None:
    """They belong to no number; a mark may be made of digits all the same."""
    text = pl.Series("c", ["患者：李小明 37.5度, 手机 13800138000 至 \ue000"])
    assert masked("mask_text", text, mark="0000000").to_list() == [
        "患者:0000000 37.5度, 手机 0000000 至 "
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我叫国桂荣，菜市场对面焚烧秸秆", "我叫***,菜市场对面焚烧秸秆"),
        ("市民反映，我是和鹏，事发地点不详", "市民反映,我是***,事发地点不详"),
        ("我是党龙，桃源新村的居民", "我是***,桃源新村的居民"),
        ("您好，业主支东，有人在偷倒垃圾", "您好,业主***,有人在偷倒垃圾"),
        ("我是党员，家里有老人", "我是党员,家里有老人"),
        ("本人平时，一直走这条路", "本人平时,一直走这条路"),
        ("业主支持，物业也同意", "业主支持,物业也同意"),
        ("本人高洁，家住新华街", "本人***,家住新华街"),
        ("本人高度，家里有老人", "本人高度,家里有老人"),
    ],
)
def test_who_introduces_themselves_is_masked(text: str, expected: str) -> None:
    """Up to the next sign, also by a surname that is an everyday word; such a word stays."""
    assert masked("mask_text", pl.Series([text])).to_list() == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来电人：高欢，有人在公交站旁摆摊", "来电人:***,有人在公交站旁摆摊"),
        ("本人凌晨，水压太小。联系人：凌晨，请回复", "本人***,水压太小。联系人:***,请回复"),
        ("房子租给时婷之后就没安静过", "房子租给***之后就没安静过"),
        ("平玲就是不承认", "***就是不承认"),
        ("惠桂兰、何杰都签了字", "***、***都签了字"),
        ("平安、安全都要管", "平安、安全都要管"),
    ],
)
def test_a_name_that_is_an_everyday_word_is_known_by_what_stands_around_it(
    text: str, expected: str
) -> None:
    """In the field of a form, by a given name, and by who is named with them."""
    assert masked("mask_text", pl.Series([text])).to_list() == [expected]
