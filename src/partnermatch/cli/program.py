"""The program itself: its commands, and how it begins and ends."""

from __future__ import annotations

import gc

import click

import partnermatch
from partnermatch.cli.documents import documents
from partnermatch.cli.evaluating import evaluate
from partnermatch.cli.names import compare, dedupe, link
from partnermatch.cli.registry import extract, index, resolve


class _Commands(click.Group):
    """The commands; those of a store, whose packages take long to load, only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), "ids", "judge"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in ("ids", "judge"):
            import partnermatch.cli.store as late

            return late.ids if cmd_name == "ids" else late.judge
        return super().get_command(ctx, cmd_name)


@click.group(
    cls=_Commands,
    commands=[compare, dedupe, documents, evaluate, extract, index, link, resolve],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(partnermatch.__version__, prog_name="partnermatch")
@click.pass_context
def main(context: click.Context) -> None:
    """Say which names mean the same institution, across Japanese and English, and give each institution an ID."""
    gc.disable()  # what a command makes it keeps: to look for garbage, at its end too, takes half a second and more
    context.call_on_close(_leave_all_to_the_end)


def _leave_all_to_the_end() -> None:
    """Look for garbage again, but not among what there is now: the process is about to end."""
    gc.freeze()
    gc.enable()
