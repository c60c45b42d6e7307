"""Where things go on the page, as arithmetic: free of Qt, so that it is tested in milliseconds."""
