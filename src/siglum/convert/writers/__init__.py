"""Writers: the reading tree in one format each."""
