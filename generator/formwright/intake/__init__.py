"""The only door for foreign bytes: opened once, sniffed by content, read in a child process with limits."""
