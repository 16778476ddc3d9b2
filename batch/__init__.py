"""kenzan.batch."""
