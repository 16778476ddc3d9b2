"""One rule, one file: its documentation, its check, its titles. The registry lists them."""
