"""Inspections and their parts: issue, check-in, submission, desk entry, completion."""
