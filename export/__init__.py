"""One writer per format, from the report and its audit alone; nothing is recalculated here."""
