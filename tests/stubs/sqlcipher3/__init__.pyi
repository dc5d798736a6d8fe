"""What the kiosk uses of sqlcipher3, which carries no types of its own."""
