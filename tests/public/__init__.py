"""What anybody sees, and that it is no more than that."""
