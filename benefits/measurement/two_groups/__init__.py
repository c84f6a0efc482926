"""What the methods that compare two groups share."""
