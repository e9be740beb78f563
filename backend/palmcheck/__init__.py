"""PalmCheck 掌检: double-random, one-public field inspection, from the draw to the public page."""
