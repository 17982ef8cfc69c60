"""``claimcheck bulk``: shards in, shards out."""

from __future__ import annotations

import sys

import click

EXIT_UNFINISHED = 3
_SUMS = (
    "{done} of {shards} shards, {documents} documents: {judged} judged, {other_language} in another language, "
    "{quarantined} in quarantine; {unsupported} unsupported, {overstated} overstated, {supported} supported"
)


@click.command()
@click.argument("source", metavar="INPUT")
@click.argument("output")
@click.option("--executor", type=click.Choice(("local", "slurm", "ray")), default="local", show_default=True)
@click.option(
    "--workers", type=click.IntRange(min=1), default=2, show_default=True, help="How many shards are judged at a time."
)
@click.option("--text-field", default="text", show_default=True, help="Where the text stands in JSON and Parquet.")
@click.option("--id-field", default="id", show_default=True, help="Where the name of the document stands there.")
@click.option(
    "--max-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="A document that takes longer goes to the quarantine.",
)
@click.option(
    "--max-characters",
    type=click.IntRange(1, 1_000_000),
    default=1_000_000,
    show_default=True,
    help="A document that is longer goes to the quarantine.",
)
@click.option("--partition", default="", help="Partition of the Slurm cluster.")
@click.option("--time", default="24:00:00", show_default=True, help="The longest a shard may take on Slurm.")
@click.option(
    "--pipeline", default="en_claims_sm", show_default=True, help="Name or folder of the pipeline that judges."
)
def bulk(
    source: str,
    output: str,
    executor: str,
    workers: int,
    text_field: str,
    id_field: str,
    max_seconds: float,
    max_characters: int,
    partition: str,
    time: str,
    pipeline: str,
) -> None:
    """Judge WARC, JSON lines or Parquet into Parquet that `datasets` reads.

    INPUT and OUTPUT are local or in object storage (s3://bucket/pages). Each file of the input is a shard; the same
    command again finishes what is missing. Exit codes: 0 all shards done, also with documents in quarantine; 2 wrong
    use; 3 a shard is not done.
    """
    from claimcheck.extras import need

    need("bulk", "datatrove", "dill", "pyarrow", "warcio", "fsspec")
    from loguru import logger

    from claimcheck.bulk.run import Place, make_plan, run

    logger.disable("datatrove")  # what a task says stands in its log
    plan = make_plan(
        source, pipeline, text_field=text_field, id_field=id_field, max_seconds=max_seconds,
        max_characters=max_characters,
    )  # fmt: skip
    with click.progressbar(length=len(plan.files), label="shards", file=sys.stderr) as bar:
        counts = run(plan, output, Place(executor, workers, partition, time), lambda: bar.update(1))
    if executor == "slurm" and counts["done"] < counts["shards"]:
        click.echo(f"handed in; {counts['done']} of {counts['shards']} shards done so far")
        return
    click.echo(_SUMS.format_map(counts))
    if counts["done"] < counts["shards"]:
        click.echo(f"claimcheck: {output}/_run/logs says what went wrong; the same command tries again.", err=True)
        sys.exit(EXIT_UNFINISHED)
