"""Is this file right? Against the schema, in itself, and against its transcript."""
