"""The price of each service as Values: what it is made of, by year and volume, and who pays what."""
