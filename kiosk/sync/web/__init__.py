"""What a site that has only a web sign-in remembers, over a restart."""
