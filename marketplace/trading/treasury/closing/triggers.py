"""Closed days that stay closed: the database refuses a transfer of such a day.

The texts are for migrations.
"""

TABLE = "books_transfer"
TRIGGER = f"{TABLE}_of_an_open_day"
CLOSED = "NEW.booked_on <= (SELECT MAX(day) FROM treasury_dayclosing)"


def statements(vendor: str) -> list[str]:
    """Return what makes the triggers on a database."""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {CLOSED} THEN RAISE EXCEPTION 'the day of the transfer is closed'; "
            "END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {TRIGGER} BEFORE INSERT ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TRIGGER}()",
        ]
    return [
        f"CREATE TRIGGER {TRIGGER} BEFORE INSERT ON {TABLE} BEGIN "
        f"SELECT RAISE(ABORT, 'the day of the transfer is closed') WHERE {CLOSED}; END",
    ]
