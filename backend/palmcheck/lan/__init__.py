"""Trying real phones in the same network: a local authority, a certificate, and a door that explains itself."""
