"""The same dialogue as plainly as each library's own examples write it: in memory, nothing kept."""
