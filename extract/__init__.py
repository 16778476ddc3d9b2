"""kenzan.extract."""
