"""The text around tables: running lines, title, headings, projects, plans, reasons for 省略."""
