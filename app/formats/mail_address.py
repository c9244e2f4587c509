"""Mail addresses, as people type them."""

from email_validator import EmailNotValidError, validate_email

LONGEST = 254
"""Characters: RFC 5321 4.5.3.1.3, of a path with its brackets."""


def read_address(text: str) -> str | None:
    """Return a typed mail address as a letter can be sent to it, or None when none can.

    A domain of other letters is written in those of ASCII (RFC 5891). Before the @ there are
    such letters only between servers that all take them (RFC 6531), and many do not.
    """
    if len(text) > LONGEST:
        return None
    try:
        return validate_email(
            text.strip(), check_deliverability=False, test_environment=True, allow_smtputf8=False
        ).ascii_email
    except EmailNotValidError:
        return None
