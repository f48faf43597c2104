"""The classifier (tier 3): which action a sentence means that no template covers, learnt from phrases; it can abstain."""
