"""Get a press release to journalists and the public: understood, planned, sent once."""

__version__ = "0.1.0"
