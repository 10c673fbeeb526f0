"""The ways by which data leaves the centre, each said in one object."""
