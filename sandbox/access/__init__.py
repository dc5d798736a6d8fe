"""What a computer may, and until when."""
