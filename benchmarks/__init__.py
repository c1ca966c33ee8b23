"""What is measured by `python3 manage.py bench`; each module yields figures from its `main()`."""
