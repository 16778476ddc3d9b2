"""The families of layouts: each module composes the blocks of one kind of document."""
