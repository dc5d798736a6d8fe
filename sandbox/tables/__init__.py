"""What the database keeps: tables alone, values and no rules."""
