"""What the library costs, against the floor of the same machine; run `python -m benchmarks`."""
