"""What else a document can become: a reading tree and its writers, citations, lists."""
