"""kenzan.arithmetic."""
