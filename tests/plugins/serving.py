"""Servers of tests that end as soon as they are told to.

A server of the standard library, and with it Django's and that of each test, asks every half second
whether it is to end: a test that serves something waited a quarter of a second for nothing.
"""

from __future__ import annotations

from socketserver import BaseServer

SECONDS = 0.01

BaseServer.serve_forever.__defaults__ = (SECONDS,)
