"""kenzan.normalize."""
