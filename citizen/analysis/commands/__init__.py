"""What the command line does, one module per command; `citizen.analysis.__main__` reads the options.

Each command imports its own machinery when it runs: asking for help or hitting a bad line must be quick.
"""
