"""Templates, styles and scripts of the pages: files that ``html_report`` reads, no modules."""
