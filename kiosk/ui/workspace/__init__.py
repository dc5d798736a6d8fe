"""The page in the room: the bar, and what lies below it."""
