"""What the methods that compare one group with itself share."""
