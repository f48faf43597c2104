"""Scripts that make the miniature test models."""
