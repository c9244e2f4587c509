#!/bin/sh
# Go back to the release before, with the database as it was then:
#   sh deploy/roll-back.sh RELEASE BACKUP   (as root, in /srv/twaalf; it asks for the recovery key's file)
# What was written after the backup began is lost; who was erased since stays erased.
set -eu
release=${1:?which release}
backup=${2:?which backup}
export TWAALF_INSTANCE=/var/lib/twaalf
cd /srv/twaalf
printf 'File with the recovery key: '
read -r key
[ -r "$key" ] && [ -r "$backup" ] || { echo "Key or backup cannot be read; nothing was changed." >&2; exit 1; }
mine=$(mktemp)
trap 'rm -f "$mine"' EXIT
install -m 0400 -o twaalf "$key" "$mine"
systemctl stop twaalf-letters.timer twaalf-forget.timer twaalf-pull.timer twaalf-backup.timer twaalf.service
for file in "$TWAALF_INSTANCE"/twaalf.sqlite "$TWAALF_INSTANCE"/twaalf.sqlite-wal "$TWAALF_INSTANCE"/twaalf.sqlite-shm; do
    [ ! -f "$file" ] || mv "$file" "$file.rolled-back"
done
if grep -q '^TWAALF_DATABASE_URL = "postgresql' "$TWAALF_INSTANCE/config.py"; then
    runuser -u postgres -- psql -q -c "ALTER DATABASE twaalf RENAME TO twaalf_rolled_back_$(date +%Y%m%d%H%M%S)"
    runuser -u postgres -- createdb --owner=twaalf twaalf
fi
git checkout -q "$release"
make -s program
runuser -u twaalf -- .venv/bin/flask --app wsgi restore "$backup" --key "$mine"
install -m 0644 deploy/systemd/twaalf*.service deploy/systemd/twaalf*.timer /etc/systemd/system/
systemctl daemon-reload
systemctl start twaalf.service twaalf-letters.timer twaalf-forget.timer twaalf-pull.timer twaalf-backup.timer
echo "Twaalf runs release $release again. When all is well, remove $TWAALF_INSTANCE/*.rolled-back, or drop the database that is called so."
