"""What is done about found problems, to its end: opened with them, done, verified (R13)."""
