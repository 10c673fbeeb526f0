#!/bin/sh
# Back the centre up into a new folder below the given one: sh backup.sh FOLDER
# Needs DATABASE_URL and VAR_DIR in the environment. Everything in it stays encrypted as it was; the
# key-encryption key is not in it and has to be kept elsewhere.
set -eu
umask 077
target="${1:?Name the folder for backups.}/$(date -u +%Y%m%dT%H%M%SZ)"
mkdir -p "$target"
# The last signed head is kept outside the database, to tell when an older state comes back. It is
# copied first: a head newer than the dump would make the restored centre refuse to sign.
if [ -d "$VAR_DIR/ledger" ]; then cp -R "$VAR_DIR/ledger" "$target/ledger"; fi
# The database before the vault: every file that it names is there by then, and none is changed.
pg_dump --format=custom --no-owner --file="$target/database.dump" "$DATABASE_URL"
mkdir -p "$VAR_DIR/vault"
tar --create --file="$target/vault.tar" --directory="$VAR_DIR" vault
(cd "$target" && find . -type f ! -name SHA256SUMS -exec sha256sum {} + > SHA256SUMS)
echo "$target"
