"""Annual plans, their tasks, and who takes part."""
