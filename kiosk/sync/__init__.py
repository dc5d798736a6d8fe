"""The server, its messages and proofs, and the local store. Knows nothing of screens."""
