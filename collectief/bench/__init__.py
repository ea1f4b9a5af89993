"""Benchmarks: what the platform promises, measured against a named peer within one run. Never part of the tests."""
