"""Content to the outside world: one file per provider, none knowing templates, SQL or each other."""
