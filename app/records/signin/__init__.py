"""What signing in remembers beside the accounts: passkeys, and Flask-Security's way to it."""
