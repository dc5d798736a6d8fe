"""The words of the published contract: what a caller may send, every way of saying no."""
