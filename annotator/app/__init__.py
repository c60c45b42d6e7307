"""What the program does, without a window and without SQL: the open project, its commands, its jobs."""
