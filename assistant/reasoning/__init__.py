"""Thinking with a language model: tiers 4 and 5. What it proposes is checked here, and carried out elsewhere."""
