"""One file that holds a registry and all that was read of its names, so that the next start reads nothing again.

`known` reads the names, `leaves` takes what it made apart into arrays and puts it together again, `container` is the
file, `origin` says what the file was made from and by, `folder` where it is kept for a dump.
"""
