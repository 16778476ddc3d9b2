"""kenzan.interpret."""
