"""The inbox: what an account is told, what a lead writes to officers, reminders before a day is over (R23)."""
