"""What the words of headers and labels mean: word lists as data, and the reader of one label."""
