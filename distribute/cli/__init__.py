"""The command line: one noun, one file."""


def main() -> None:
    """The entry point of ``distribute``."""
