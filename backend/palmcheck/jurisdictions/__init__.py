"""The tree of jurisdictions, their departments, settings and working days."""
