"""What `flask doctor` says of each finding, in English, and how to mend it."""

from app.domain.upkeep.fault import Fault
from app.domain.upkeep.findings import Finding
from app.formats.upkeep.fault_words import MENDING

SAYS: dict[tuple[str, str], tuple[str, str]] = {
    # (what, word): what is so, how to mend it
    ("database", "well"): ("The database answers, with the tables of this release; the keys open it.", ""),
    ("rules", "hold"): ("Every rule holds in the rows.", ""),
    ("rules", "broken"): (
        "A rule does not hold: {rules}.",
        "Somebody changed the database by hand. Restore the last backup elsewhere and compare: docs/keys.md.",
    ),
    ("figures", "right"): ("The kept figures are right.", ""),
    ("figures", "wrong"): ("{number} kept figures are wrong.", "Run `flask --app wsgi figures`."),
    ("https", "yes"): ("People come by {address}.", ""),
    ("https", "home"): (
        "People come by {address}, this machine alone.",
        "For others set TWAALF_PUBLIC_URL=https://…, behind Caddy or nginx: docs/deploy.md.",
    ),
    ("https", "no"): (
        "People come by {address}, without https: whoever shares their network reads along.",
        "Put Caddy or nginx with https before it and set TWAALF_PUBLIC_URL=https://…",
    ),
    ("reached", "yes"): ("{address} answers, and it is this installation.", ""),
    ("reached", "no"): (
        "{address} does not answer this machine ({reason}).",
        "See whether the server and the proxy run, the name points here, and the certificate holds.",
    ),
    ("proxies", "right"): ("{number} proxies are trusted.", ""),
    ("proxies", "none"): (
        "https, and no proxy is trusted: everybody counts as one network, and is told to wait as one.",
        "Set TWAALF_TRUSTED_PROXIES=1 behind Caddy or nginx.",
    ),
    ("proxies", "home"): (
        "{number} proxies are trusted, and nobody comes by one: an address can be made up.",
        "Set TWAALF_TRUSTED_PROXIES=0.",
    ),
    ("limits", "on"): ("Rates are counted.", ""),
    ("limits", "off"): ("No rates are counted: passwords can be guessed.", "Remove TWAALF_LIMITS=off."),
    ("calendars", "sealed"): ("No private calendar was asked for in clear in the last {days} days.", ""),
    ("calendars", "in_clear"): (
        "A private calendar was asked for by http {number} times in {days} days, lastly on {last}: its key could be read on the way.",
        "Let the proxy send port 80 to 443 and say X-Forwarded-Proto: docs/running.md. Who is anxious takes another address on their own page.",
    ),
    ("folder", "private"): ("The instance folder and what is in it are their owner's alone.", ""),
    ("folder", "open"): ("Others on this machine may read {names}.", "Run `chmod -R go= {folder}`."),
    ("keys", "old_secret_kept"): (
        "{number} secret keys of before are still recognised.",
        "90 days after the change, remove TWAALF_OLD_SECRET_KEYS: docs/keys.md.",
    ),
    ("keys", "right"): ("Every key is used.", ""),
    ("keys", "old_kept"): (
        "{number} sealing keys are kept.",
        "When `flask --app wsgi reseal` has run and no backup of before is kept, take the old ones out.",
    ),
    ("backup", "no_key"): (
        "No backup can be made: TWAALF_BACKUP_KEYS is not set.",
        "Run `flask --app wsgi recovery-key twaalf-backup.key` on your own computer: docs/keys.md.",
    ),
    ("backup", "none"): ("There is no backup.", "Run `flask --app wsgi backup` every night, from a timer: docs/deploy.md."),
    ("backup", "old"): ("The newest backup is {hours} hours old.", "See why the timer of `flask backup` fails: `journalctl -u twaalf-backup`."),
    ("backup", "young"): ("The newest backup is {hours} hours old.", ""),
    ("backup", "same_disk"): (
        "Backups lie on the disk of the database: both go at once.",
        "Fetch them from another machine, or set TWAALF_BACKUP_FOLDER to another disk.",
    ),
    ("timers", "ran"): ("`{name}` ran {minutes} minutes ago.", ""),
    ("timers", "late"): ("`{name}` ran {minutes} minutes ago, and should have since.", "Run `systemctl list-timers 'twaalf-*'` and `journalctl -u twaalf-{name}`."),
    ("timers", "not_yet"): ("`{name}` has not run yet, as a new installation may have it.", "Ask again tomorrow; `systemctl list-timers 'twaalf-*'` says when it will."),
    ("timers", "never_ran"): ("`{name}` has never run.", "Install its timer: docs/deploy.md."),
    ("mail", "set"): ("Letters leave by {host}.", ""),
    ("mail", "unset"): ("TWAALF_MAIL_URL is not set: letters stay in the outbox.", "Set it to your mail provider's server: docs/settings.md."),
    ("mail", "sender_unset"): ("Letters are sent as {sender}, which nobody can answer.", "Set TWAALF_MAIL_SENDER to an address of your domain."),
    ("outbox", "moves"): ("{waiting} letters wait, the oldest for {minutes} minutes.", ""),
    ("outbox", "stuck"): ("{waiting} letters wait, the oldest for {minutes} minutes.", "See what the mail server says: `journalctl -u twaalf-letters`; is TWAALF_MAIL_URL right?"),
    ("outbox", "refused"): ("{number} letters of the last day were refused or given up.", "People see it at the address; if it is many, look at the sender below."),
    ("sender", "allowed"): ("{domain} says who may send for it (SPF), and what becomes of the rest (DMARC).", "DKIM cannot be asked without its selector: send a letter to a large provider and look at its headers."),
    ("sender", "no_spf"): ("{domain} does not say who may send for it: many letters end as spam.", "Add the TXT record (SPF) that your mail provider gives you, and its DKIM."),
    ("sender", "no_dmarc"): ("{domain} has SPF and no DMARC: large providers refuse such mail.", "Add a TXT record at _dmarc.{domain}, at least `v=DMARC1; p=none`."),
    ("sender", "not_asked"): ("Whether {domain} may send could not be asked: no name server answers.", "Run this again on a machine with DNS."),
    ("disk", "room"): ("{mebibytes} MB of the disk are free ({percent} %).", ""),
    ("disk", "low"): ("{mebibytes} MB of the disk are free ({percent} %).", "Make room before it is full; then people read a page that says to try again."),
    ("clock", "right"): ("The clock is right, as far as can be seen.", ""),
    ("clock", "wrong"): ("The clock differs by {seconds} seconds from the database's, or from its newest change.", "Run `timedatectl set-ntp true`."),
    ("replica", "fresh"): ("The replica answers, and is no older than {seconds} seconds.", ""),
    ("replica", "behind"): (
        "The replica is more than {seconds} seconds behind: the primary answers everything.",
        "See pg_stat_replication on the primary, and what the replica's disk and long queries do.",
    ),
    ("replica", "away"): (
        "The replica does not answer: the primary answers everything.",
        "See whether it runs, and whether TWAALF_REPLICA_URL is right. It is asked again by itself.",
    ),
    ("replica", "another"): (
        "TWAALF_REPLICA_URL is no replica of this database: the primary answers everything.",
        "Give the address of one by streaming, with the same database, or leave it out: docs/scale.md.",
    ),
    ("replica", "not_asked"): ("The replica could not be asked: the primary does not answer.", "See what is said of the database."),
    ("controller", "named"): ("Every organisation names who is responsible for the data.", ""),
    ("controller", "empty"): ("{number} organisations do not name who is responsible for the data, as the law asks: {names}.", "An officer writes it in the settings of the organisation."),
}  # fmt: skip
"""The facts of a finding fill the sentences."""


def say(finding: Finding) -> tuple[str, str]:
    """Return what is so, and how to mend it: nothing where it is well."""
    if finding.what == "database" and finding.word in set(Fault):
        return f"{finding.word}.", f"{MENDING[Fault(finding.word)]}."
    says, mend = SAYS[finding.what, finding.word]
    return says.format(**finding.facts), mend.format(**finding.facts)
