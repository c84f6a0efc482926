"""The value before, what it varies by, and what persons chosen in a bad period return to."""
