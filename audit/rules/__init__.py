"""kenzan.audit.rules."""
