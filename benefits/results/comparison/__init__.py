"""A report held against an earlier one of the same project: what changed, and why each figure moved."""
