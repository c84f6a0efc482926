"""Test arenas as Values: what hours cost, how each price is made up, whether a year is covered, and what lacks."""
