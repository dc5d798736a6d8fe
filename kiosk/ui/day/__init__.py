"""The list of the day beside Xchart's page."""
