"""Every notice, a row each."""

from marketplace.notices.kinds import register
from marketplace.pipeline.notices import (
    accounts,
    data,
    disputes,
    labelling,
    money,
    organizations,
    people,
    persons,
    recalls,
    trading,
)
from marketplace.pipeline.notices.row import Row

ROWS: tuple[Row, ...] = (
    *data.ROWS,
    *labelling.ROWS,
    *trading.ROWS,
    *money.ROWS,
    *disputes.ROWS,
    *recalls.ROWS,
    *persons.ROWS,
    *organizations.ROWS,
    *people.ROWS,
    *accounts.ROWS,
)

register(row.kind for row in ROWS)
