"""Accounts: log-in, sessions, second factor, and what Flask-Security is told."""

from flask import Flask


def attach(app: Flask) -> None:
    """Attach Flask-Security as we want it, and the views on one's own account."""
    # Read here: they stand behind the doors, and the doors ask for a password with our forms.
    from app.blueprints.signin import accounts, known_devices, own_data, passkeys, setup  # noqa: PLC0415 - see above

    setup.attach(app)
    known_devices.attach(app)
    app.register_blueprint(accounts.bp)
    app.register_blueprint(own_data.bp)
    app.register_blueprint(passkeys.bp)
