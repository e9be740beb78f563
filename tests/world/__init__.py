"""Builders that act through the API, as people do."""
