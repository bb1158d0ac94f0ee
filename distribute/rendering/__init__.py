"""Domain to content: letters and posts. Knows templates, knows no provider."""
