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
