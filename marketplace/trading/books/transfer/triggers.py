"""Balances that the database keeps by itself: each transfer moves two, and none falls below zero.

The texts are for migrations. A transfer is also refused if an account keeps another currency. A
migration that rebuilds one of the tables on SQLite
removes the triggers first and creates them again, since SQLite renames no table while a trigger
names one that is missing.
"""

TABLE = "books_transfer"
CHECKS = f"{TABLE}_stands"
MOVES = f"{TABLE}_moves_balances"


def statements(vendor: str) -> list[str]:
    """Return what makes the triggers on a database."""
    both = (
        "(SELECT COUNT(*) FROM books_account WHERE currency = NEW.currency "
        "AND id IN (NEW.debit_id, NEW.credit_id)) <> 2"
    )
    if vendor == "postgresql":
        cents = "(NEW.amount * 100)::bigint"
        moves = (
            f"UPDATE books_account SET balance_cents = balance_cents - {cents} "
            "WHERE id = NEW.debit_id; "
            f"UPDATE books_account SET balance_cents = balance_cents + {cents} "
            "WHERE id = NEW.credit_id;"
        )
        return [
            f"CREATE OR REPLACE FUNCTION {CHECKS}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {both} THEN RAISE EXCEPTION 'an account of the transfer keeps another currency'; "
            "END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {CHECKS} BEFORE INSERT ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {CHECKS}()",
            f"CREATE OR REPLACE FUNCTION {MOVES}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{moves} RETURN NULL; END $$",
            f"CREATE TRIGGER {MOVES} AFTER INSERT ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {MOVES}()",
        ]
    cents = "CAST(ROUND(NEW.amount * 100) AS INTEGER)"
    return [
        f"CREATE TRIGGER {CHECKS} BEFORE INSERT ON {TABLE} BEGIN "
        f"SELECT RAISE(ABORT, 'an account of the transfer keeps another currency') WHERE {both}; "
        "END",
        f"CREATE TRIGGER {MOVES} AFTER INSERT ON {TABLE} BEGIN "
        f"UPDATE books_account SET balance_cents = balance_cents - {cents} "
        "WHERE id = NEW.debit_id; "
        f"UPDATE books_account SET balance_cents = balance_cents + {cents} "
        "WHERE id = NEW.credit_id; END",
    ]
