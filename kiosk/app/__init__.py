"""The running kiosk: its start, its window's first moment, and what ties the rooms together.

Must never decide what may happen, nor word a sentence for the screen.
"""
