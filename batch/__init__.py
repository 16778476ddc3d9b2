"""Many documents: found, read in worker processes under limits, kept in one store, resumable.

``inputs`` finds the files · ``task`` reads one of them in a worker · ``pool`` runs workers that
may die, hang or swell · ``store`` is OUT/kenzan.duckdb, the truth of a run · ``run`` ties them
together · ``publish`` writes the formats out of the store. Reports are not compared with each other
here yet: ``kenzan audit --across`` does that.
"""
