"""Documents made to measure the reading of tables, each with its exact truth (see README.md)."""

from bench.corpus.generate import FAMILIES, generate
from bench.corpus.model import Document, Fact, Generated, Relation, Term

__all__ = ["FAMILIES", "Document", "Fact", "Generated", "Relation", "Term", "generate"]
