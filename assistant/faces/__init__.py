"""Faces: the ways people meet the brain."""
