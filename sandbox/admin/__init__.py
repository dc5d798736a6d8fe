"""What the Case Manager decides about people."""
