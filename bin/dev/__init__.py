"""What a development machine needs: set-up, tests, linters, translations.

Standard library only, because it runs before the virtual environment exists;
the two ``worker_*.py`` files are the exception and are run by that environment.
"""
