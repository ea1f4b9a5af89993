"""The project package. Kept empty: `collectief.servers` below it runs before Django and Celery are needed."""
