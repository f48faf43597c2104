"""The cloud for hard questions: who may be asked, what is shown before, what is sent, what comes back.

Nothing here opens a connection but through the egress broker, and nothing is sent without consent (`consent`, `desk`).
"""
