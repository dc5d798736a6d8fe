"""A site that has only a web sign-in: its pages driven as a person would, through one port."""
