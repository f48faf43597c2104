"""Redaction: what tells who somebody is, or opens a door, is replaced before a text leaves the machine, and put back in the answer.

Pure: texts in, texts out. `redact` and `restored` are in `pseudonyms`, what is looked for in `names`, `numbers`, `secrets`, `places`.
"""
