"""What every slice stands on. No word of the domain is spoken here."""
