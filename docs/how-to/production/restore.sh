#!/bin/sh
# Bring a backup back into an empty database and an empty VAR_DIR: sh restore.sh BACKUP
# Needs DATABASE_URL and VAR_DIR in the environment. Stop the centre's services first.
set -eu
umask 077
backup="${1:?Name the folder of one backup.}"
(cd "$backup" && sha256sum --quiet --check SHA256SUMS)
if [ -e "$VAR_DIR/vault" ]; then
    echo "$VAR_DIR/vault exists. Move it away first: a restore never mixes two states." >&2
    exit 1
fi
mkdir -p "$VAR_DIR"
pg_restore --exit-on-error --single-transaction --no-owner --dbname="$DATABASE_URL" "$backup/database.dump"
tar --extract --file="$backup/vault.tar" --directory="$VAR_DIR"
# A head that is already here is newer or equal; it stays, so that an older state is noticed.
if [ -d "$backup/ledger" ] && [ ! -e "$VAR_DIR/ledger" ]; then cp -R "$backup/ledger" "$VAR_DIR/ledger"; fi
echo "Restored. Now run: manage.py migrate, manage.py check, manage.py verify_ledger"
