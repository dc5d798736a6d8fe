"""Chance that can be had again: the same seed draws the same. Nothing secret comes of it."""

from random import Random


class Chance(Random):
    """``Random`` from a seed that must be given."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
