"""What may be checked, and the forms for it: items, checklists in a small language of their own, result codes."""
