-- Two roles for the centre: centre_owner owns the tables and migrates them, centre reads and writes rows.
-- For postgres, in the database centre, after the roles and it were made; a second time changes nothing:
--   runuser -u postgres -- psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=centre < roles.sql
BEGIN;
-- Of a centre that was installed with one role; a new one owns nothing yet.
REASSIGN OWNED BY centre TO centre_owner;
REVOKE ALL ON DATABASE centre FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE centre TO centre;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO centre;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO centre;
-- What a migration makes later.
ALTER DEFAULT PRIVILEGES FOR ROLE centre_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO centre;
ALTER DEFAULT PRIVILEGES FOR ROLE centre_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO centre;
COMMIT;
