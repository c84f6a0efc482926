"""What the methods that model a series over time share."""
