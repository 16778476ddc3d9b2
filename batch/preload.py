"""What the server of worker processes loads once, so that each worker starts with it loaded.

Imports alone: nothing is opened and no thread started before the workers part ways. What is
loaded here is then left alone by the collector of cycles, so that the workers go on sharing it.
pandas is not used by a worker, but pyarrow loads it with the first array that it makes.
"""

import gc

import pandas as pd

import kenzan.audit
import kenzan.batch.packing
import kenzan.batch.rows
import kenzan.batch.task
import kenzan.extract.pdf
import kenzan.extract.text
import kenzan.interpret

__all__ = ["kenzan", "pd"]

gc.collect()
gc.freeze()
