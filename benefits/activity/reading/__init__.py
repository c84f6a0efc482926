"""From tables to shapes: each row read, with every one that cannot be told of."""
