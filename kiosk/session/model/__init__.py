"""The vocabulary of the core: frozen values, and nothing that decides.

Must never know a rule, a page or a word of the screen.
"""
