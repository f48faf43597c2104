"""Benchmarks: each module measures one thing the design promises, on the machine at hand."""
