@rem "exec" of a POSIX shell for the npm scripts, which cmd.exe lacks: there Ctrl-C must reach the script itself, not the shell before it.
@%*
