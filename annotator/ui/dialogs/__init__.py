"""Windows of their own: to begin, to import and export, to say what went wrong."""
