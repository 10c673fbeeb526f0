#!/bin/sh
# Back the centre up into a new folder below the given one: sh backup.sh FOLDER
# Needs DATABASE_URL and VAR_DIR in the environment. Everything in it stays encrypted as it was; the
# key-encryption key is not in it and has to be kept elsewhere. A folder that is not whole never has
# the name of a backup: it ends in .incomplete, and goes when the backup fails.
set -eu
umask 077
folder="${1:?Name the folder for backups.}"
: "${DATABASE_URL:?Set DATABASE_URL, as in the file of settings.}"
: "${VAR_DIR:?Set VAR_DIR, as in the file of settings.}"
target="$folder/$(date -u +%Y%m%dT%H%M%SZ)"
work="$target.incomplete"
fail() { echo "No backup was made: $*" >&2; exit 1; }
if [ ! -d "$VAR_DIR" ]; then fail "$VAR_DIR, which VAR_DIR names, is no folder. Is its disk mounted?"; fi
mkdir -p "$folder"
if [ -e "$target" ] || ! mkdir "$work"; then fail "another one began in this second. Try again."; fi
trap 'rm -rf "$work"; echo "No backup was made. The line above says why." >&2' EXIT
trap 'exit 1' HUP INT TERM
# The last signed head is kept outside the database, to tell when an older state comes back. It is
# copied first: a head newer than the dump would make the restored centre refuse to sign.
if [ -d "$VAR_DIR/ledger" ]; then cp -R "$VAR_DIR/ledger" "$work/ledger"; fi
# The database before the vault: every file that it names is there by then, and none is changed.
pg_dump --format=custom --no-owner --file="$work/database.dump" "$DATABASE_URL"
# What was written is read back, all of it, before it is called a backup.
pg_restore --file=/dev/null "$work/database.dump"
if ! pg_restore --list "$work/database.dump" | grep -q "TABLE DATA .* ledger_entry "; then
    echo "The dump holds no ledger. Does DATABASE_URL name the centre's database, and is it migrated?" >&2
    exit 1
fi
# A new centre has no vault yet; where the database names files, a vault that is away is a fault.
if [ -d "$VAR_DIR/vault" ]; then
    # 1 means that a file went while its folder was read: one that was removed after the dump.
    tar --create --file="$work/vault.tar" --directory="$VAR_DIR" --exclude=vault/incoming vault || [ $? -eq 1 ]
else
    named=$(psql --no-psqlrc --tuples-only --no-align --dbname="$DATABASE_URL" \
        --command="SELECT count(*) FROM vault_storedfile WHERE removed_at IS NULL")
    if [ "$named" != 0 ]; then
        echo "The database names $named files, and there is no folder $VAR_DIR/vault." >&2
        exit 1
    fi
    tar --create --file="$work/vault.tar" --files-from=/dev/null
fi
tar --list --file="$work/vault.tar" > /dev/null
(cd "$work" && find . -type f ! -name SHA256SUMS -exec sha256sum {} + > SHA256SUMS)
find "$work" -exec sync {} +
mv "$work" "$target"
trap - EXIT
sync "$folder"
echo "$target"
