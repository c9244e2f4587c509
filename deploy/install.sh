#!/bin/sh
# Install Twaalf on one small server: Debian 12 or 13, with Caddy for https. Read it first, then, as root:
#
#     git clone ADDRESS-OF-THE-SOURCE /srv/twaalf && cd /srv/twaalf
#     sh deploy/install.sh groups.example.org post@groups.example.org
#
# It may be run again: keys, settings and database are left as they are.
#   /srv/twaalf       the program, root's     /var/lib/twaalf   settings, keys, database: of user twaalf alone
set -eu
host=${1:?name of the site, such as groups.example.org}
sender=${2:?mail address that letters come from}
here=/srv/twaalf
export TWAALF_INSTANCE=/var/lib/twaalf

[ "$(id -u)" = 0 ] || { echo "Run this as root." >&2; exit 1; }
[ -f "$here/wsgi.py" ] || { echo "Put the source in $here first." >&2; exit 1; }
cd "$here"

echo "1. Packages"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv make git caddy unattended-upgrades sqlite3 >/dev/null

echo "2. A user that can do nothing else, and its folder"
id twaalf >/dev/null 2>&1 || useradd --system --home-dir "$TWAALF_INSTANCE" --shell /usr/sbin/nologin twaalf
install -d -o twaalf -g twaalf -m 0700 "$TWAALF_INSTANCE"
chown -R twaalf:twaalf "$TWAALF_INSTANCE"

echo "3. The program, keys and database"
make -s program
runuser -u twaalf -- make -s database
if ! grep -q TWAALF_PUBLIC_URL "$TWAALF_INSTANCE/config.py"; then
    cat >> "$TWAALF_INSTANCE/config.py" <<SETTINGS
TWAALF_PUBLIC_URL = "https://$host"
TWAALF_TRUSTED_PROXIES = "1"
TWAALF_MAIL_SENDER = "$sender"
# TWAALF_MAIL_URL = "smtp://user:password@mail.example.org:587"
# TWAALF_BACKUP_KEYS = "age1…"
SETTINGS
fi
if [ -n "${TWAALF_DATABASE_URL:-}" ] && ! grep -q TWAALF_DATABASE_URL "$TWAALF_INSTANCE/config.py"; then
    echo "TWAALF_DATABASE_URL = \"$TWAALF_DATABASE_URL\"" >> "$TWAALF_INSTANCE/config.py"
fi

echo "4. https"
if [ ! -f /etc/caddy/Caddyfile.before-twaalf ]; then
    cp /etc/caddy/Caddyfile /etc/caddy/Caddyfile.before-twaalf
    sed "s/twaalf\.example\.org/$host/" deploy/Caddyfile > /etc/caddy/Caddyfile
fi
systemctl reload-or-restart caddy

echo "5. The server and its timers"
install -m 0644 deploy/systemd/twaalf*.service deploy/systemd/twaalf*.timer /etc/systemd/system/
systemctl daemon-reload
systemctl enable -q --now twaalf.service twaalf-letters.timer twaalf-forget.timer twaalf-pull.timer twaalf-backup.timer
systemctl restart twaalf.service

echo "6. What is still to do"
sleep 5
runuser -u twaalf -- "$here/.venv/bin/flask" --app wsgi doctor || echo "Go on in docs/deploy.md, at \"After the script\"."
