"""Xchart's own page: its engine, its fence, its place, and what it says and asks."""
