"""Before any table: what the application role may do, and who is asking.

The functions read the settings that `collectief.rijbeveiliging` sets for one transaction.
"""

from django.conf import settings
from django.db import connection, migrations


def geef_rechten(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    schema_editor.execute(f"GRANT USAGE ON SCHEMA public TO {rol}")
    schema_editor.execute(f"GRANT SELECT ON django_migrations TO {rol}")  # so that the web can tell what it runs on
    schema_editor.execute(
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {rol}"
    )
    schema_editor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {rol}")


def neem_rechten(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    schema_editor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {rol}")
    schema_editor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {rol}")


class Migration(migrations.Migration):
    dependencies = []
    run_before = [
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(geef_rechten, neem_rechten),
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS unaccent; CREATE EXTENSION IF NOT EXISTS pg_trgm;"
            "CREATE EXTENSION IF NOT EXISTS btree_gist;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION app_gebruiker() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
            AS $$ SELECT nullif(current_setting('app.gebruiker', true), '')::bigint $$;
            CREATE FUNCTION app_taak() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
            AS $$ SELECT nullif(current_setting('app.taak', true), '') $$;
            """,
            "DROP FUNCTION app_gebruiker(); DROP FUNCTION app_taak();",
        ),
        migrations.RunSQL(
            """
            CREATE TABLE collectief_cache (
                cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
            );
            CREATE INDEX collectief_cache_expires ON collectief_cache (expires);
            """,
            "DROP TABLE collectief_cache;",
        ),
    ]
