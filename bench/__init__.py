"""How fast it is, beside whom, and whether it endures; `python -m bench` prints all of it."""
