"""How gunicorn serves in production: `gunicorn -c config/gunicorn.py config.wsgi:application`."""

from config import env

bind = f"{env.text('HOST', '0.0.0.0')}:{env.number('PORT', 8000)}"  # noqa: S104
workers = env.number("WEB_WORKERS", 3)
threads = env.number("WEB_THREADS", 4)
timeout = 120
graceful_timeout = 30
max_requests = 2000
max_requests_jitter = 200
worker_tmp_dir = "/dev/shm"  # noqa: S108  # heartbeats on a disk block when the disk is slow
# Requests are logged by the program itself, as JSON and without what was searched for.
accesslog = None
control_socket_disable = True
