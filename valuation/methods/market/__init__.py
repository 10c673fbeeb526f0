"""The market approach: what others paid for data like it, adjusted for what is different.

Source: 数据资产评估指导意见, 中评协 (2023) 17号, `P = sum w_j · Q_j · X_quality · X_supply_demand ·
X_date · X_capacity · X_other`, as restated by secondary sources.
"""

from valuation.methods.market.approach import FORMULA, calculate

__all__ = ["FORMULA", "calculate"]
