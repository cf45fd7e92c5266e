"""The command line: the verbs of the Python API, `--json` everywhere, progress on standard error, one clean line on failure.

Exit codes: 0 done · 1 an error of ours, or `verify` or `measure --gate` found something · 2 the command was put wrongly · 130 Ctrl-C.
"""

import sys
from collections.abc import Sequence

import click

from headwater.errors import HeadwaterError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    try:
        from headwater.cli.commands import commands  # takes a second, in which Ctrl-C is to be an end like another

        commands.main([word for word in words if word != "--debug"], prog_name="headwater", standalone_mode=False)
    except HeadwaterError as error:
        if debug:
            raise
        click.echo(f"headwater: {error}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("headwater: stopped; what was committed is kept, and the same command goes on from there", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
