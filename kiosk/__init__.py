"""The operatory kiosk: one tap, and Xchart is open in the right room, as the right person."""

__version__ = "0.1.0"
