"""A real Valkey and a real Celery worker for the tests that need them."""
