"""How much rates differ between areas, and what they would be in another population."""
