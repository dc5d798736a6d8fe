"""A file a page of the stack."""
