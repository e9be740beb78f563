"""Pictures of every screen, and what is wrong with one: `python -m tests.gallery OUT_FOLDER`."""
