"""kenzan.audit."""
