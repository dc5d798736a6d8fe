"""What keeps the other monitors, and other programs' windows, from showing a locked page."""
