"""What stands around the canvas: bars, lists, the inspector."""
