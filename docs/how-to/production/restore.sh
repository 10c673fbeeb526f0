#!/bin/sh
# Bring a backup back into an empty database and an empty VAR_DIR: sh restore.sh BACKUP
# Needs DATABASE_URL and VAR_DIR in the environment. Stop the centre's services first. Where the tables
# have an owner of their own, CENTRE_OWNER names its user, and root runs this.
set -eu
umask 077
backup="${1:?Name the folder of one backup.}"
: "${DATABASE_URL:?Set DATABASE_URL, as in the file of settings.}"
: "${VAR_DIR:?Set VAR_DIR, as in the file of settings.}"
fail() { echo "Nothing was restored: $*" >&2; exit 1; }
backup="${backup%/}"
case "$backup" in *.incomplete) fail "$backup was cut off while it was made. Take an older one." ;; esac
for part in SHA256SUMS database.dump vault.tar; do
    if [ ! -s "$backup/$part" ]; then fail "$backup is no whole backup: it has no $part. Take another one."; fi
done
(cd "$backup" && sha256sum --quiet --check SHA256SUMS) || fail "$backup is damaged. Take another one."
if [ -e "$VAR_DIR/vault" ]; then
    fail "$VAR_DIR/vault exists. Move it away first: a restore never mixes two states."
fi
mkdir -p "$VAR_DIR"
as_owner() { if [ -n "${CENTRE_OWNER:-}" ]; then (cd / && runuser -u "$CENTRE_OWNER" -- "$@"); else "$@"; fi; }
as_owner pg_restore --exit-on-error --single-transaction --no-owner --dbname="$DATABASE_URL" < "$backup/database.dump"
tar --extract --file="$backup/vault.tar" --directory="$VAR_DIR"
# A head that is already here is newer or equal; it stays, so that an older state is noticed.
if [ -d "$backup/ledger" ] && [ ! -e "$VAR_DIR/ledger" ]; then cp -Rp "$backup/ledger" "$VAR_DIR/ledger"; fi
echo "Restored. Now run: centre migrate, centre check, centre verify_ledger"
