"""A portfolio assessed: its projects, sums that can be made, its table, and what a source printed of it."""
