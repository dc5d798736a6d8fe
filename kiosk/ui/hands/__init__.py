"""What fingers, keys and badge readers do, told apart."""
