"""Built-in skills: one file per family of actions."""
