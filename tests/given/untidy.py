"""Tables as offices send them."""

from __future__ import annotations

from tests.given.workbooks import sheet, workbook

SURVEY_ROWS = 20


def insured(*, rows: int = SURVEY_ROWS, total: bool = True) -> bytes:
    """Return a workbook as offices send them: titles, the header in row 3, a total, a remark."""
    people = [
        (f"{1000 + number}", f"{'男女'[number % 2]}", f"2001年{number % 12 + 1}月3日", number, 3.5)
        for number in range(rows)
    ]
    ending = [("合计", None, None, 5000, 300), ("注：数据来自业务系统",)] if total else []
    return workbook(
        sheet(
            ("某市参保人员情况表",),
            ("填报单位：某局", None, None, None, "单位：元"),
            ("人员编号", "性别", "出生日期", "金额", "金额"),
            *people,
            *ending,
        ),
        names=("参保",),
    )


RAGGED = "编号,名称,数量\n1,甲,5\n2,乙\n3,丙,7,x\n4,丁,8\n"
"""A table with a row that is too short, and one that is too long."""


def stations(*, rows: int = 400) -> bytes:
    """Return a workbook of fifteen columns about no person, with a title and a total row."""
    header = (
        *("站号", "站点名称", "观测日期", "时次", "气温(℃)", "降水量（mm）", "风速(m/s)"),
        *(
            "气压(hPa)",
            "能见度(km)",
            "相对湿度(%)",
            "海拔",
            "仪器型号",
            "观测经费(万元)",
            "设备购置费",
            "质量标志",
        ),
    )
    measured = [
        (
            *(f"{number % 8 + 1:05d}", f"站{number % 8 + 1}"),
            *(f"2026年1月{number // 24 % 28 + 1}日", number % 24),
            *(number % 30 - 5, number % 7 / 2, number % 9, 1000 + number % 25),
            *(number % 20 + 0.5, 60 + number % 40, 10 * (number % 8)),
            *(f"M{number % 3}", number % 8 + 0.5, 3000 + number % 8, number % 2),
        )
        for number in range(rows)
    ]
    return workbook(
        sheet(
            ("某网络气象观测记录表",),
            ("单位：元",),
            header,
            *measured,
            ("合计", *[None] * 11, 1800, 1200000, None),
        ),
        names=("观测",),
    )
