"""Measurements of the program on this machine; `make bench` runs them all."""
