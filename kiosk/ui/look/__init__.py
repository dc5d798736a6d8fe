"""Colours, sizes, letters and labels."""
