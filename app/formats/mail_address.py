"""Mail addresses, as people type them."""

from email_validator import EmailNotValidError, validate_email


def read_address(text: str) -> str | None:
    """Return a typed mail address in its normal form, or None when it is not one."""
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None
