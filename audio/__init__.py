"""Everything that touches sound: devices, files, wake word, speech detection, recognisers, voices."""
