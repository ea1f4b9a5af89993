# One image for web, worker, beat and migrations; docker-compose.yml says who does what.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . ./

# The settings want a value for each of these; building the static files uses none of them.
RUN SECRET_KEY=bouw COLLECTIEF_SLEUTELS=bouw DATABASE_URL=postgresql://bouw/bouw REDIS_URL=redis://bouw \
    python manage.py collectstatic --no-input

RUN useradd --system --uid 10001 collectief && mkdir -p /app/media /app/prive /app/uitgaven /kopie && \
    chown collectief /app/media /app/prive /app/uitgaven /kopie && chmod 700 /app/prive /kopie
USER collectief

EXPOSE 8000
CMD ["python", "-m", "collectief.web", "--host", "0.0.0.0", "--workers", "2"]
