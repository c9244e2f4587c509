"""How long what proves who somebody is goes on proving it."""

from datetime import timedelta

FRESH = timedelta(minutes=30)
"""People, contacts, slot and keys ask for a log-in no older than this."""
RESET_LASTS = timedelta(hours=2)
"""The link with which a new password is chosen."""
CODE_LASTS = timedelta(minutes=10)
"""A code sent by mail: as long as NIST SP 800-63B 5.1.3.2 lets it."""
