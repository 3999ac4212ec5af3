"""A mail server for the tests: takes what comes, writes each letter into a folder, refuses some receivers.

mail_server.py FOLDER [CERTIFICATE KEY]; prints its port. With a certificate it takes nothing before STARTTLS.
"""
import asyncio
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self, folder):
        self.folder, self.many, self.lock = folder, 0, threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 <%s>: no such user" % address
        if address.startswith("later") and not os.path.exists(os.path.join(self.folder, "awake")):
            return "451 4.3.0 <%s>: try again" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        with self.lock:
            self.many += 1
            name = os.path.join(self.folder, "%04d.eml" % self.many)
        with open(name + ".part", "wb") as letter:
            letter.write(b"X-Rcpt: " + ",".join(envelope.rcpt_tos).encode() + b"\r\n")
            letter.write(b"X-Tls: " + (b"yes" if session.ssl else b"no") + b"\r\n")
            letter.write(envelope.content)
        os.rename(name + ".part", name)
        return "250 OK"


async def serve(folder, own):
    loop, keeper = asyncio.get_running_loop(), Keeper(folder)
    mail = lambda: SMTP(keeper, hostname="127.0.0.1", loop=loop, **own)
    server = await loop.create_server(mail, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Ends with whoever started it.
    await loop.run_in_executor(None, sys.stdin.read)


def main():
    own = {}
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        own = {"tls_context": context, "require_starttls": True}
    asyncio.run(serve(sys.argv[1], own))


main()
