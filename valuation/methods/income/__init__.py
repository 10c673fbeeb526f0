"""The income approach: what the data will earn its holder, discounted to the valuation date.

Source: 数据资产评估指导意见, 中评协 (2023) 17号, as restated by secondary sources.
"""

from valuation.methods.income.approach import FORMULA, calculate

__all__ = ["FORMULA", "calculate"]
