"""Password hashing that cannot starve the web process."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

GELIJKTIJDIG = 2  # one Argon2id hash uses about 100 MB and 0.2 s; two at once leave room for other pages
_plaatsen = threading.BoundedSemaphore(GELIJKTIJDIG)


class BegrensdeArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with at most GELIJKTIJDIG hashes at a time per process; the others wait their turn."""

    def encode(self, password, salt):
        with _plaatsen:
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with _plaatsen:
            return super().verify(password, encoded)
