"""Whole kiosks and the server's real rules, under one seed, in virtual time (reliability.md)."""
