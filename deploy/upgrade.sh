#!/bin/sh
# Bring Twaalf to another release: sh deploy/upgrade.sh RELEASE   (a tag or commit; as root, in /srv/twaalf)
# A backup is made first, by the release that runs. When anything fails, it says how to go back.
set -eu
release=${1:?which release, such as v1.2}
export TWAALF_INSTANCE=/var/lib/twaalf
cd /srv/twaalf
before=$(git rev-parse HEAD)
back() {
    echo "It did not work. To go back: sh deploy/roll-back.sh $before $backup" >&2
}
backup="(no backup was made)"
runuser -u twaalf -- env TWAALF_INSTANCE="$TWAALF_INSTANCE" .venv/bin/flask --app wsgi backup
backup=$(find "$TWAALF_INSTANCE/backups" -name 'twaalf-*.age' | sort | tail -1)
trap back EXIT
git fetch -q --tags
git checkout -q "$release"
systemctl stop twaalf-letters.timer twaalf-forget.timer twaalf-pull.timer twaalf-backup.timer twaalf.service
make -s program
runuser -u twaalf -- make -s database
install -m 0644 deploy/systemd/twaalf*.service deploy/systemd/twaalf*.timer /etc/systemd/system/
systemctl daemon-reload
systemctl start twaalf.service twaalf-letters.timer twaalf-forget.timer twaalf-pull.timer twaalf-backup.timer
.venv/bin/python -c "
import sys, time; sys.path.insert(0, '.')
from urllib.request import Request, urlopen
from urllib.parse import urlsplit
from app import config
host = urlsplit(config.load(config.instance_folder())['TWAALF_PUBLIC_URL']).netloc
last = time.monotonic() + 60
while True:
    try:
        sys.exit(print(urlopen(Request('http://127.0.0.1:8000/readyz', headers={'Host': host}), timeout=20).read().decode()))
    except OSError as fault:
        if time.monotonic() > last:
            sys.exit(f'The server is not ready: {fault}. Its last lines: journalctl -u twaalf -n 20')
        time.sleep(1)"
trap - EXIT
echo "Twaalf runs release $release. Before it: $before; its backup: $backup"
