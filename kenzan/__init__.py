"""kenzan（検算）: published Japanese public-sector reports as clean data, with every sum done again."""
