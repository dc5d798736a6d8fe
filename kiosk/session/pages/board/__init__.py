"""The list of the day: its page, its views, its words."""
