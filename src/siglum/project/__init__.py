"""Many files, one configuration: what is built, from what, and where to."""
