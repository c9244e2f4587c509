"""Rules of signing in: how long who guesses waits, and which passkeys count."""
