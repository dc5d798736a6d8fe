"""The contract's calls, proofs and messages.

Must never keep anything.
"""
