"""The rules of the transition table, a module for each journey."""
