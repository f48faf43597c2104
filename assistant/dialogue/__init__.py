"""What one turn means by another (tier 1): answers to a question, corrections, follow-ups, pronouns.

Pure: what is open and what was said is plain data that the store keeps, so a conversation outlives the process that held it.
"""
