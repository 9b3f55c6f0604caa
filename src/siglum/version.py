"""The version of siglum: written once, read by the build, the command line and the outputs."""

__version__ = "0.1.0"
