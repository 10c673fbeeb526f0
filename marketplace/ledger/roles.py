"""What the role by which the centre signs in to PostgreSQL may do beyond reading and writing."""

from django.db.backends.base.base import BaseDatabaseWrapper

POWERS = """
WITH ours AS (
    SELECT oid, relowner FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
)
SELECT word FROM (VALUES
    ('is a superuser', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)),
    ('owns tables', EXISTS (
        SELECT 1 FROM ours WHERE pg_has_role(current_user, relowner, 'MEMBER'))),
    ('may create tables and functions', has_schema_privilege(current_schema(), 'CREATE')),
    ('may create schemas', has_database_privilege(current_database(), 'CREATE')),
    ('may make triggers', EXISTS (SELECT 1 FROM ours WHERE has_table_privilege(oid, 'TRIGGER'))),
    ('may empty tables', EXISTS (SELECT 1 FROM ours WHERE has_table_privilege(oid, 'TRUNCATE'))),
    ('may let no trigger fire', has_parameter_privilege('session_replication_role', 'SET'))
) AS power (word, has_it) WHERE has_it
"""
"""Any of these takes away what keeps frozen rows as they are."""


def powers_of(connection: BaseDatabaseWrapper) -> tuple[str, list[str]]:
    """Return the name of the role of a connection to PostgreSQL, and what it may do too much."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (name,) = cursor.fetchone()
        cursor.execute(POWERS)
        return str(name), [word for (word,) in cursor.fetchall()]
