"""nginx as infra/nginx configures it, in front of processes of the tests; Debian's package `nginx-light` has it."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.world.served import free_port

CONFIGURATION = Path(__file__).parents[2] / "infra" / "nginx" / "palmcheck.conf"
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
WHOLE = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; {user} worker_processes auto;
events {{ worker_connections 1024; }}
http {{
  access_log off; include /etc/nginx/mime.types;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {site}
  server {{ listen 127.0.0.1:{files_port}; location / {{ root {folder}/files; }} }}
}}
"""


@asynccontextmanager
async def running_nginx(folder: Path, processes: Sequence[str]) -> AsyncIterator[tuple[str, str]]:
    """In front of these addresses: its own address, and one where it serves the plain files of `folder/files`."""
    assert NGINX is not None
    port, files_port = free_port(), free_port()
    (folder / "files").mkdir(parents=True, exist_ok=True)
    servers = " ".join(f"server {each.removeprefix('http://')};" for each in processes)
    site = CONFIGURATION.read_text("utf-8")
    for marked, changed in (
        ("/var/cache/nginx/palmcheck", str(folder / "cache")),
        ("server 127.0.0.1:8000;", servers),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
    ):
        assert marked in site
        site = site.replace(marked, changed)
    user = "user root;" if os.geteuid() == 0 else ""
    written = folder / "nginx.conf"
    written.write_text(WHOLE.format(folder=folder, user=user, site=site, files_port=files_port), "utf-8")
    process = await asyncio.create_subprocess_exec(NGINX, "-c", str(written), "-e", str(folder / "start.log"))
    try:
        await _listening(port)
        yield f"http://127.0.0.1:{port}", f"http://127.0.0.1:{files_port}"
    finally:
        process.terminate()
        await process.wait()


async def _listening(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                await asyncio.sleep(0.05)
            else:
                return
