"""kenzan.export."""
