"""Reports in. Each shape of file has a module with one function that turns bytes into reports and problems.

In = out + problems: what cannot be read becomes a `Problem` with the code of the error, and the rest of the pile is read. Text and
tables that lie in a folder are read here; everything that came from outside, and every format that can be made to harm its
reader, is read in cells (`cells/`). Only `links/` opens connections, and only to where a link that was given leads.

Nothing is imported here, since cells begin with every item that harms one; `reading.read` is the way in.
"""
