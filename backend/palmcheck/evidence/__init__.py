"""Photos of an inspection: resumable upload (tus 1.0) and their integrity."""
