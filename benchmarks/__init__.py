"""What must be fast, measured beside a bare floor in the same run: `python -m benchmarks`."""
