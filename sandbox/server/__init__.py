"""What every call stands on: database, clock and calendar, proofs, tokens, failures counted."""
