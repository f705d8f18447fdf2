"""Readers of returned files, one module for each format; each declares one `Reader`."""
