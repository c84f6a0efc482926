"""The smallest change that the frozen analysis can show, and what it would take to show what is hoped for."""
