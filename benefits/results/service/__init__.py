"""What the service did: its ledger with small counts hidden, its use and cost against the plan, early signs."""
