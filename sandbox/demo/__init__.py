"""The demonstration: a private desktop, a reader of its screen, and a walk through the main job.

It drives the kiosk from outside, as a person or a screen reader would, and imports nothing of it.
"""
