"""Tables as they are: files, sheets and databases opened, filtered, and asked in SQL."""
