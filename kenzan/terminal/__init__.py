"""What a person sees on the terminal: words in two languages, and the views made of them."""
