"""``python -m distribute`` is the same as ``distribute``."""

from distribute.cli import main

if __name__ == "__main__":
    main()
