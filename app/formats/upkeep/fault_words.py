"""How to mend each fault, in English, for who keeps an installation."""

from app.domain.upkeep.fault import Fault

MENDING = {
    Fault.DATABASE_MISSING: "the database file is not there. Look at TWAALF_DATABASE_URL and TWAALF_INSTANCE; "
    "for a new installation run `flask --app wsgi db upgrade`, for a lost one `flask --app wsgi restore`",
    Fault.DATABASE_GONE: "PostgreSQL does not answer. See whether it runs, and whether TWAALF_DATABASE_URL is right",
    Fault.DATABASE_BUSY: "another program holds the database's lock, or every connection is taken. "
    "End that program, or look for what takes long: it is named in the log as slow_query",
    Fault.DATABASE_READ_ONLY: "the database may only be read. Give the user that runs Twaalf the file and its folder",
    Fault.DATABASE_DAMAGED: "the database file is damaged. Keep it apart, and restore the last backup: "
    "`flask --app wsgi restore`",
    Fault.NOT_MIGRATED: "the tables are those of another release. Run `flask --app wsgi db upgrade`, "
    "or start the release that they belong to",
    Fault.DISK_FULL: "the disk is full. Make room; nothing that was saved is lost, and it goes on by itself",
    Fault.WRONG_SEALING_KEY: "TWAALF_SEALING_KEYS does not open what was sealed. Put the lost key back, "
    "behind the others, with a comma between",
}
