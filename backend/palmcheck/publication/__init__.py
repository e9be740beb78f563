"""Public records: who inspects, enters and publishes; each part becomes a record of its own."""
