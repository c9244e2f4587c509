#!/bin/sh
# The timers where there is no systemd: letters every minute, lists at 2, the backup at 3, forgetting at 4. A fault ends none of them.
# Told to stop, it ends what runs and then itself: the first process of a container is else deaf to that.
set -u
trap 'exit 0' TERM INT
backed_up=""
forgot=""
pulled=""
while :; do
    flask --app wsgi letters send || true
    today=$(date +%F)
    hour=$(date +%H)
    if [ "$hour" -ge 2 ] && [ "$pulled" != "$today" ]; then
        pulled=$today
        flask --app wsgi pull || true
    fi
    if [ "$hour" -ge 3 ] && [ "$backed_up" != "$today" ]; then
        backed_up=$today
        flask --app wsgi backup || true
    fi
    if [ "$hour" -ge 4 ] && [ "$forgot" != "$today" ]; then
        forgot=$today
        flask --app wsgi forget || true
    fi
    sleep 60 &
    wait $!
done
