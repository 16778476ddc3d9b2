"""Many documents: found, read in worker processes under limits, kept in one store, resumable.

``inputs`` finds the files · ``task`` reads one of them in a worker · ``pool`` runs workers that
may die, hang or swell · ``store`` is OUT/kenzan.duckdb, the truth of a run · ``run`` ties them
together · ``progress`` tells how it goes · ``across`` compares the reports with each other.
"""
