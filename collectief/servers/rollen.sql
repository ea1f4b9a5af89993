-- The roles and the database: the owner for migrations only, the application, which owns and bypasses nothing, and who
-- makes backups, who reads everything and writes nothing.
-- For psql; the variables `eigenaar`, `app` and `kopie` are their passwords. Safe to run again.
SELECT 'CREATE ROLE collectief_eigenaar' WHERE NOT EXISTS
    (SELECT FROM pg_roles WHERE rolname = 'collectief_eigenaar') \gexec
SELECT 'CREATE ROLE collectief_app' WHERE NOT EXISTS
    (SELECT FROM pg_roles WHERE rolname = 'collectief_app') \gexec
SELECT 'CREATE ROLE collectief_kopie' WHERE NOT EXISTS
    (SELECT FROM pg_roles WHERE rolname = 'collectief_kopie') \gexec
ALTER ROLE collectief_eigenaar LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB CREATEROLE PASSWORD :'eigenaar';
ALTER ROLE collectief_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app';
ALTER ROLE collectief_kopie LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'kopie';
ALTER ROLE collectief_kopie SET default_transaction_read_only = on;
GRANT pg_read_all_data TO collectief_kopie;
-- PostgreSQL's own log says what was refused, not what was in it: a statement and its detail hold what people typed.
ALTER ROLE collectief_app SET log_min_error_statement = 'panic';
ALTER ROLE collectief_app SET log_error_verbosity = 'terse';
ALTER ROLE collectief_eigenaar SET log_min_error_statement = 'panic';
ALTER ROLE collectief_eigenaar SET log_error_verbosity = 'terse';
SELECT 'CREATE DATABASE collectief OWNER collectief_eigenaar' WHERE NOT EXISTS
    (SELECT FROM pg_database WHERE datname = 'collectief') \gexec
