"""What verbs are made of: transaction, outbox, revision, circle, and what is derived."""
