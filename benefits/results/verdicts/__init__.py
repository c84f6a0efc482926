"""Where each benefit stands: the dates it is judged on, what it is held to, the rules, and what is realised."""
