"""Close a process off before it reads a stranger's bytes: no network, no privileges, few files.

`child` closes its own process off and then runs a program; `measuring` finds by trying which way of
doing so works on this machine. What `child` imports runs before anything is closed, so this package
imports nothing but the standard library.
"""
