"""Measurements against the limits of the design; run by command, never by pytest."""
