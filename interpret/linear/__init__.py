"""kenzan.interpret.linear."""
