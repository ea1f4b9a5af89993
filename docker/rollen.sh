#!/bin/sh
# PostgreSQL runs this once, when its data folder is still empty.
set -eu
psql -v ON_ERROR_STOP=1 -v eigenaar="$EIGENAAR_WACHTWOORD" -v app="$APP_WACHTWOORD" -v kopie="$KOPIE_WACHTWOORD" \
    --username "$POSTGRES_USER" --dbname postgres --file /docker-entrypoint-initdb.d/rollen.sql.in
