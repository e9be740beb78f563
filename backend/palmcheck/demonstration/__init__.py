"""The demonstration: an invented county, made through the system's own verbs."""
