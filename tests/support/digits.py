"""A PIN as it comes from the keypad."""


def typed(pin: str) -> bytearray:
    """Its digits in a place that can be wiped."""
    return bytearray(pin.encode())
