"""The figures that everybody is judged by: one pure definition and one query each, over facts."""
