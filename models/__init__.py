"""Model files: catalogue, download, runtimes, and recipes for the miniature test models."""
