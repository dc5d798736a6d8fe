"""The clinic's day: its schedule, what is set at the chair, what is news of it."""
