"""The audit and the outbox: a chain of records in plain SQLite.

Must never hold a name, a secret or a patient.
"""
