"""Import of targets from XLSX and CSV: read in a process of its own, merged in one transaction, faults reported."""
