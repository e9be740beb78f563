"""What anybody sees: server-rendered pages that need no script, and the public JSON API. Reads only."""
