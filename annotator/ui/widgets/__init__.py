"""Small parts that the panels and dialogs are made of."""
