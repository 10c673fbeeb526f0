"""Read the unit of a column from its header, and from what stands above the table."""

import re
from collections.abc import Iterable

MULTIPLES = "十百千万亿"
MONEY = frozenset(
    {"元", "千元", "万元", "百万元", "千万元", "亿元", "美元", "万美元", "CNY", "USD"}
)
UNITS = MONEY | frozenset(
    {
        *("%", "‰", "人", "万人", "人次", "万人次", "户", "万户"),
        *("个", "件", "台", "辆", "次", "条", "份"),
        *("吨", "万吨", "千克", "公斤", "克", "kg", "g", "t", "mg", "μg", "mg/L", "μg/m³", "mg/m³"),
        *("米", "千米", "公里", "厘米", "毫米", "m", "km", "cm", "mm"),
        *("m/s", "米/秒", "km/h", "公里/小时"),
        *("平方米", "平方公里", "㎡", "m²", "km²", "亩", "万亩", "公顷", "hm²", "ha"),
        *("立方米", "万立方米", "m³", "升", "毫升", "L", "mL", "m³/s", "立方米/秒"),
        *("℃", "°C", "度", "百帕", "hPa", "Pa", "kPa", "MPa", "dB", "分贝"),
        *("年", "月", "日", "天", "小时", "分钟", "分", "秒", "岁", "h", "min", "s", "ms"),
        *("千瓦", "万千瓦", "千瓦时", "万千瓦时", "亿千瓦时"),
        *("kW", "kWh", "MW", "MWh", "V", "kV", "A"),
        *("元/平方米", "元/吨", "元/千克", "元/kg", "元/人", "万元/亩", "元/月", "人/平方公里"),
    }
)  # fmt: skip
SUFFIXES = {
    "minutes": "min",
    "seconds": "s",
    "hours": "h",
    "km": "km",
    "kg": "kg",
    "mm": "mm",
    "percent": "%",
    "pct": "%",
    "cny": "CNY",
    "usd": "USD",
}
"""Endings of names that say the unit, and nothing else."""
BRACKETED = re.compile(
    r"^(.*?)\s*[（(\[【]\s*(?:单位\s*[:：]?\s*)?([^（()）\[\]【】]+?)\s*[）)\]】]\s*$"
)
PARTED = re.compile(r"^(.*?)\s*[,，/]\s*(?:单位\s*[:：]\s*)?([^,，/]+?)\s*$")
ABOVE = re.compile(r"单位\s*[:：]\s*([^\s,，;；、（(]{1,8})\s*$")
AMOUNT = re.compile(
    r"额|费|金|收入|支出|价|款|产值|成本|利润|税|资产|负债|工资|amount|price|cost",
    re.IGNORECASE,
)


NO_AMOUNT = re.compile(
    r"率|比|指数|系数|数$|量$|号|码|年限|期限|增长|增幅|次|时间|日期|名称|类|rate|ratio|index|count",
    re.IGNORECASE,
)
"""What is counted or compared is no amount, whatever money it is about."""


def is_amount(label: str) -> bool:
    """Return whether a column of this label holds amounts of money."""
    return AMOUNT.search(label) is not None and NO_AMOUNT.search(label) is None


def unit_in(header: str) -> tuple[str, str, bool]:
    """Return a header's label, its unit, and whether it says something of a unit that is unknown.

    What stands in brackets and is no unit stays in the label.
    """
    for pattern in (BRACKETED, PARTED):
        found = pattern.match(header)
        if found is None or not found[1]:
            continue
        if found[2] in UNITS:
            return found[1], found[2], False
        if found[2][0] in MULTIPLES:
            return header, "", True
    head, _, suffix = header.rpartition("_")
    if head and suffix.lower() in SUFFIXES:
        return head, SUFFIXES[suffix.lower()], False
    return header, "", False


def units_above(cells: Iterable[str]) -> list[str]:
    """Return the units that stand above a table, such as 单位：万元, each once."""
    found = (ABOVE.search(cell.strip().rstrip("）)")) for cell in cells)
    return list(dict.fromkeys(each[1] for each in found if each))


def money_above(cells: Iterable[str]) -> str:
    """Return the one unit of money that stands above a table, "" where none does, or more."""
    units = units_above(cells)
    return units[0] if len(units) == 1 and units[0] in MONEY else ""
