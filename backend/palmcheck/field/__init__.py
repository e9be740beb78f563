"""The phone's door: the feed (pull), operations and their verdicts (push)."""
